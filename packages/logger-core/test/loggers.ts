import { type LoggerOptions } from '../src/config/logger-options';
import { type Failure } from '../src/failure-channel';
import { createLogger } from '../src/logger/create-logger';
import { type Logger } from '../src/logger/logger';
import { CollectingTransport, destinationOf } from '../src/testing';

const opened: Logger[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close({ timeoutMs: 50 })));
});

/** A logger that reads no environment, hooks into nothing, and is closed after the test. */
export function testLogger(options: LoggerOptions = {}): Logger {
  const log = createLogger({ sources: false, exitHooks: false, name: 'test', destinations: [], ...options });
  opened.push(log);
  return log;
}

/** The same with one destination that collects. */
export function collectingLogger(options: LoggerOptions = {}): { log: Logger; collected: CollectingTransport } {
  const collected = new CollectingTransport();
  return { log: testLogger({ destinations: [destinationOf(collected)], ...options }), collected };
}

/** Everything the logger's failure channel says from now on. */
export function failuresOf(log: Logger): Failure[] {
  const failures: Failure[] = [];
  log.on('failure', (failure) => failures.push(failure));
  return failures;
}

/** The JSON lines that have arrived, read back. */
export function linesOf(collected: CollectingTransport): Record<string, unknown>[] {
  return collected.payloads.map((payload) => JSON.parse(payload) as Record<string, unknown>);
}

/** What becomes of one value: logged under the key `value`, read back from the line. */
export async function logged(value: unknown, options: LoggerOptions = {}): Promise<unknown> {
  const { log, collected } = collectingLogger(options);
  log.info('value', { value });
  await log.flush();
  return linesOf(collected)[0]?.['value'];
}
