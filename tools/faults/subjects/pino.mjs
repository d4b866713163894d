import { fileURLToPath } from 'node:url';
import pino from 'pino';

const faulty = fileURLToPath(new URL('./faulty-pino-target.mjs', import.meta.url));

function targetOf({ kind, path, mode }) {
  if (kind === 'file') return { target: 'pino/file', options: { destination: path } };
  if (kind === 'console') return { target: 'pino/file', options: { destination: 1 } };
  return { target: faulty, options: { mode } };
}

/** The same destinations on pino's worker. */
export function openPino(destinations) {
  const transport = pino.transport({ targets: destinations.map(targetOf) });
  const log = pino(transport);
  const close = () =>
    new Promise((resolve) => {
      const held = setInterval(() => undefined, 1000); // its worker does not keep the process alive
      transport.on('close', () => {
        clearInterval(held);
        resolve();
      });
      transport.end();
    });
  return {
    added: [],
    info: (message, fields) => log.info(fields, message),
    error: (message, fields) => log.error(fields, message),
    acknowledge: async (message, fields) => log.info(fields, message),
    flush: (timeoutMs) =>
      Promise.race([
        new Promise((resolve) => log.flush(resolve)),
        new Promise((resolve) => setTimeout(resolve, timeoutMs)),
      ]),
    close,
    endAndFinish: close,
    health: () => undefined,
    onFailure: (listener) => transport.on('error', listener),
  };
}
