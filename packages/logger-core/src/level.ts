/** A record's level, most severe first: critical, error, warning, trade, info, debug. */
export type Level = 'critical' | 'error' | 'warning' | 'trade' | 'info' | 'debug';

/** All levels, most severe first; a level's index here is its rank. */
export const LEVELS: readonly Level[] = ['critical', 'error', 'warning', 'trade', 'info', 'debug'];

/** Level to rank, in the shape winston wants for its `levels` option. */
export const LEVEL_RANKS: Readonly<Record<Level, number>> = {
  critical: 0,
  error: 1,
  warning: 2,
  trade: 3,
  info: 4,
  debug: 5,
};

/** Level to syslog severity (RFC 5424, section 6.2.1, table 2). */
export const SEVERITIES: Readonly<Record<Level, number>> = {
  critical: 2,
  error: 3,
  warning: 4,
  trade: 5,
  info: 6,
  debug: 7,
};

/** Names other loggers use for the same thing: winston's npm and syslog levels, pino, Python. */
export const CALL_ALIASES: Readonly<Record<string, Level>> = {
  fatal: 'critical',
  crit: 'critical',
  emerg: 'critical',
  alert: 'critical',
  warn: 'warning',
  notice: 'info',
  http: 'info',
  verbose: 'debug',
  silly: 'debug',
  trace: 'debug',
};

/** The spellings configuration accepts besides the six names, in any letter case. */
const CONFIGURABLE_ALIASES: ReadonlySet<string> = new Set(['warn', 'fatal']);

/** A level from configuration, in any letter case, or undefined when it is none. */
export function parseLevel(value: unknown): Level | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value.toLowerCase();
  if (Object.hasOwn(LEVEL_RANKS, name)) return name as Level;
  return CONFIGURABLE_ALIASES.has(name) ? CALL_ALIASES[name] : undefined;
}

/** A level from a log call: also the names of winston's other level sets, so their users' calls keep working. */
export function parseCallLevel(value: unknown): Level | undefined {
  const level = parseLevel(value);
  if (level !== undefined || typeof value !== 'string') return level;
  const name = value.toLowerCase();
  return Object.hasOwn(CALL_ALIASES, name) ? CALL_ALIASES[name] : undefined;
}
