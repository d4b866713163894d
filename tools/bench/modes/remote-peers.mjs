import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { message } from '../harness/record.mjs';
import { remoteServers } from './remote-servers.mjs';

/**
 * A winston transport, at its defaults but for where to send to. `load` gives its class. `given.closes` is true of one that
 * sends what it keeps when it is closed, `given.endless` of one that dies of `write after end` when winston is told to end.
 */
export function withWinston(serverName, given, load, to) {
  return async () => async (directory) => {
    const { default: winston } = await import('winston');
    const Transport = await load(winston);
    const { missing, facts, receiver, server } = await remoteServers[serverName]({ ...given, directory });
    if (missing) return { missing };
    const { combine, timestamp, json } = winston.format;
    const transport = new Transport(to(facts, readFileSync));
    const logger = winston.createLogger({ format: combine(timestamp(), json()), transports: [transport] });
    logger.on('error', (error) => console.error(error.message));
    return {
      ...{ receiver, server, mayLose: given.mayLose },
      info: (fields) => logger.info(message, fields),
      end: async () => {
        if (given.endless) return;
        const finished = once(logger, 'finish');
        logger.end();
        await finished;
        // What is kept for the next second goes at once; it has no other way to be asked.
        if (given.closes) await transport.close();
      },
      stop: async () => void transport.close?.(),
    };
  };
}

/** A pino transport, in pino's worker as its page has it; `target` is where its module lies. */
export function withPino(serverName, given, target, to) {
  return async () => async (directory) => {
    const { default: pino } = await import('pino');
    const { missing, facts, receiver, server } = await remoteServers[serverName]({ ...given, directory });
    if (missing) return { missing };
    const stream = pino.transport({ target, options: to(facts) });
    await once(stream, 'ready');
    const logger = pino({}, stream);
    return {
      ...{ receiver, server, mayLose: given.mayLose },
      info: (fields) => logger.info(fields, message),
      end: async () => {
        stream.ref?.();
        const closed = once(stream, 'close');
        stream.end();
        await closed;
      },
    };
  };
}
