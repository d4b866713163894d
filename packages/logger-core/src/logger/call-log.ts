import { LEVEL, SPLAT } from 'triple-beam';
import { LEVEL_RANKS, type Level, parseCallLevel } from '../level';
import { isError } from '../record/is-error';
import { type Category } from '../record/log-record';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { isFields, normalizeCall } from './normalize-call';
import { WinstonEngine } from './winston-engine';
import { type Info, writeInfo } from './write-info';

/** What a record is about when nobody says: told by its level. */
export function categoryOf(level: Level): Category {
  if (level === 'trade') return 'trade';
  return LEVEL_RANKS[level] <= LEVEL_RANKS.error ? 'error' : 'general';
}

/** `log(level, …)` and `log({ level, message, … })`, as winston has them. */
export function callLog(logger: Internals, args: readonly unknown[]): void {
  const [first, ...rest] = args;
  if (args.length === 1 && typeof first === 'object') writeInfo(logger, first);
  else callLevel(logger, first, rest);
}

/** One call of a level method, or of `log` with a level in front. */
export function callLevel(logger: Internals, given: unknown, args: readonly unknown[]): void {
  const level = parseCallLevel(given) ?? 'info';
  if (logger[SCOPE].gate.rank < LEVEL_RANKS[level]) return;
  if (logger[FORMAT] !== undefined) {
    callEngine(logger, level, args);
    return;
  }
  const { message, fields, error } = normalizeCall(args);
  // A level nobody knows is not lost: the record says what was asked for.
  const extra = parseCallLevel(given) === undefined ? { ...fields, level: given } : fields;
  logger[KERNEL].record(logger[SCOPE], LEVEL_RANKS[level], categoryOf(level), message, extra, error);
}

/** With a winston format in use, the info object is made by winston's own `log`, which the format expects. */
function callEngine(logger: Internals, level: Level, args: readonly unknown[]): void {
  const [first, ...rest] = args;
  if (args.length > 1) {
    (WinstonEngine.prototype as { log(...args: unknown[]): unknown }).log.call(logger, level, first, ...rest);
    return;
  }
  if (isError(first)) writeInfo(logger, errorInfo(first, level));
  else if (isFields(first) && 'message' in first) writeInfo(logger, { ...first, level, [LEVEL]: level });
  else writeInfo(logger, { level, message: first ?? '', [LEVEL]: level, [SPLAT]: [] });
}

/** An error as info: still an Error to `format.errors()`, but not the caller's own object. */
function errorInfo(error: Error, level: Level): Info {
  return Object.assign(Object.create(error) as Info, error, { level, [LEVEL]: level });
}
