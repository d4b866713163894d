import { createLogger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import * as remote from '@metaexpert/logger-transports-remote';
import { faultyPlugin } from './faulty-plugin.mjs';
import { FaultyWinstonTransport } from './faulty-winston-transport.mjs';

function destinationOf({ kind, ...options }) {
  if (kind === 'file') return file({ format: 'json', ...options });
  if (kind === 'console') return { type: 'console', format: 'json', ...options };
  if (kind in remote) return remote[kind](options);
  return { type: 'faulty', ...options };
}

/**
 * `destinations`: `{ kind: 'file' | 'console' | 'faulty' | 'added', name, … }`. `faulty` is a plugin's transport,
 * `added` a third party's winston transport, handed to `log.add`; both misbehave as their `mode` says.
 */
export function openOurs(destinations, { shutdownTimeoutMs } = {}) {
  const log = createLogger({
    name: 'faults',
    sources: false,
    plugins: [faultyPlugin],
    destinations: destinations.filter(({ kind }) => kind !== 'added').map(destinationOf),
    ...(shutdownTimeoutMs && { shutdownTimeoutMs }),
  });
  const added = destinations.filter(({ kind }) => kind === 'added').map(({ mode }) => new FaultyWinstonTransport(mode));
  for (const transport of added) log.add(transport);
  return {
    added,
    info: (message, fields) => log.info(message, fields),
    error: (message, fields) => log.error(message, fields),
    acknowledge: (message, fields) => log.audit(message, fields),
    flush: (timeoutMs) => log.flush({ timeoutMs }),
    close: (timeoutMs) => log.close({ timeoutMs }),
    endAndFinish: () =>
      new Promise((resolve) => {
        log.on('finish', resolve);
        log.end();
      }),
    health: () => log.health(),
    onFailure: (listener) => log.on('failure', listener),
  };
}
