import { createLogger } from '@metaexpert/logger-core';
import * as remote from '@metaexpert/logger-transports-remote';
import { message } from '../harness/record.mjs';
import { remoteServers } from './remote-servers.mjs';

/** As large as the peers' queues, which have no bounds: a rate is asked for, not what to do when it is exceeded. */
const queue = { maxRecords: 1_000_000, maxBytes: 2 ** 30 };

/** One destination and nothing else. `to` makes its options of what is known of the server. */
export function ours(type, serverName, given, to) {
  return async () => async (directory) => {
    const { missing, facts, receiver, server } = await remoteServers[serverName]({ ...given, directory });
    if (missing) return { missing };
    const logger = createLogger({
      name: 'bot',
      sources: false,
      destinations: [remote[type]({ queue, ...to(facts) })],
    });
    logger.on('failure', ({ error }) => console.error(error.message));
    return {
      ...{ receiver, server, mayLose: given.mayLose },
      info: (fields) => logger.info(message, fields),
      flush: () => logger.flush({ timeoutMs: 60_000 }),
      health: () => logger.health(),
      end: () => logger.close({ timeoutMs: 60_000 }),
    };
  };
}
