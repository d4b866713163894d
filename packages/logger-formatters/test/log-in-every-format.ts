import { createLogger, type Logger, type LoggerOptions } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf } from '@metaexpert/logger-core/testing';
import { formatterPlugins } from '../src/formatter-plugins';

/** The names of all formats of this package. */
export const FORMATS: readonly string[] = formatterPlugins.map(({ type }) => type);

/** Those of core, too. */
export const ALL_FORMATS: readonly string[] = ['json', 'pretty', ...FORMATS];

/** Runs `work` with a real logger that has a destination in each format; what each was given, in order. */
export async function logInEveryFormat(
  work: (log: Logger) => void | Promise<void>,
  options: LoggerOptions = {},
): Promise<Record<string, string[]>> {
  const collected = ALL_FORMATS.map((format) => ({ format, transport: new CollectingTransport() }));
  const log = createLogger({
    sources: false,
    exitHooks: false,
    name: 'ema-bot',
    level: 'debug',
    plugins: formatterPlugins,
    ...options,
    destinations: collected.map(({ format, transport }) => destinationOf(transport, { name: format, format })),
  });
  await work(log);
  const { ok } = await log.close({ timeoutMs: 20_000 });
  if (!ok) throw new Error('not everything was delivered');
  return Object.fromEntries(collected.map(({ format, transport }) => [format, transport.payloads]));
}
