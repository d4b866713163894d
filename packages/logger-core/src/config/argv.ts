import { parseText, setPath, toCamelCase } from './key-path';
import { type LoggerOptions } from './logger-options';

const FROM_ARGV = Symbol.for('metaexpert.logger.argv');

/**
 * The command line's part of the configuration: `--log-level debug`, `--log-level=debug`,
 * `--log-shutdown-timeout-ms=500`, nested keys with dots (`--log-levels.exchange.ws=debug` is a logger's name,
 * `--log-redact.defaults=false`). Everything else on the command line is left alone. Spread it last:
 * it is the highest source.
 *
 * @example
 * createLogger({ preset: 'production', ...fromArgv(process.argv) });
 */
export function fromArgv(argv: readonly string[]): LoggerOptions {
  const values: Record<string, unknown> = {};
  argv.forEach((word, index) => {
    const match = /^--log-([a-z][\w.-]*)(?:=(.*))?$/is.exec(word);
    if (match === null) return;
    const [, name = '', inline] = match;
    const next = argv[index + 1];
    const text = inline ?? (next === undefined || next.startsWith('--') ? 'true' : next);
    const [first = '', ...rest] = name.split('.');
    const key = toCamelCase(first);
    const path = key === 'levels' ? [key, rest.join('.')] : [key, ...rest.map(toCamelCase)];
    setPath(values, path, key === 'name' ? text : parseText(text));
  });
  const top = Object.keys(values);
  return top.length === 0 ? {} : ({ ...values, [FROM_ARGV]: top } as LoggerOptions);
}

/** Takes the command line's part out of options that {@link fromArgv} was spread into. */
export function splitArgv(options: object): { argv: Record<string, unknown>; code: Record<string, unknown> } {
  const keys = (options as { [FROM_ARGV]?: string[] })[FROM_ARGV] ?? [];
  const entries = Object.entries(options);
  return {
    argv: Object.fromEntries(entries.filter(([key]) => keys.includes(key))),
    code: Object.fromEntries(entries.filter(([key]) => !keys.includes(key))),
  };
}
