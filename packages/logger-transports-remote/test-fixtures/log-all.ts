import { createLogger, type DestinationOptions } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';

/** Logs numbered records, and closes when all of them are delivered. */
export async function logAll(destination: DestinationOptions, count: number): Promise<void> {
  const log = createLogger({ sources: false, exitHooks: false, destinations: [{ name: 'remote', ...destination }] });
  log.on('failure', () => undefined);
  for (let index = 0; index < count; index++) log.info('Ордер 約定 🚀', { index });
  await waitFor(`${count} delivered`, () => log.health()[0]?.delivered === count, 20_000).catch((error: unknown) => {
    throw new Error(`${String(error)}: ${JSON.stringify(log.health())} ${String(log.health()[0]?.lastError)}`);
  });
  await log.close();
}
