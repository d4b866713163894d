import { LEVEL, SPLAT } from 'triple-beam';
import { toError } from '../errors';
import { LEVEL_RANKS, type Level, parseCallLevel } from '../level';
import { isError } from '../record/is-error';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';
import { categoryOf } from './category-of';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { isFields, normalizeCall } from './normalize-call';
import { WinstonEngine } from './winston-engine';
import { type Info, writeInfo } from './write-info';

/** `log(level, …)` and `log({ level, message, … })`, as winston has them. */
export function callLog(logger: Internals, args: readonly unknown[]): void {
  const [first, ...rest] = args;
  if (args.length === 1 && typeof first === 'object') writeInfo(logger, first);
  else callLevel(logger, first, rest);
}

/** The same for a call whose arguments cannot even be looked at (a revoked proxy): the record says so in their place. */
export function callUnreadable(logger: Internals, level: Level, message: unknown, thrown: unknown): void {
  const text = typeof message === 'string' ? message : '[unreadable]';
  const fields = { args: `[Throws: ${toError(thrown).message}]` };
  logger[KERNEL].record(logger[SCOPE], LEVEL_RANKS[level], categoryOf(level), text, fields, undefined);
}

/** One call of a level method, or of `log` with a level in front. */
export function callLevel(logger: Internals, given: unknown, args: readonly unknown[]): void {
  const level = parseCallLevel(given) ?? 'info';
  if (logger[SCOPE].gate.rank < LEVEL_RANKS[level]) return;
  try {
    call(logger, level, given, args);
  } catch (thrown) {
    callUnreadable(logger, level, args[0], thrown);
  }
}

function call(logger: Internals, level: Level, given: unknown, args: readonly unknown[]): void {
  if (logger[FORMAT] !== undefined) {
    callEngine(logger, level, args);
    return;
  }
  const { message, fields, error } = normalizeCall(args, (value) => logger[KERNEL].show(value));
  // A level nobody knows is not lost: the record says what was asked for.
  const extra =
    parseCallLevel(given) === undefined ? mergeFields(fields as Fields | undefined, { level: given }) : fields;
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
