import { LEVEL, MESSAGE } from 'triple-beam';
import { toError } from '../errors';
import { LEVEL_RANKS, parseCallLevel } from '../level';
import { isError } from '../record/is-error';
import { type Fields } from '../record/log-record';
import { mergeFields, withoutKeys } from '../record/merge-fields';
import { categoryOf } from './category-of';
import { ADDED, FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { type FormattedCall, normalizeCall } from './normalize-call';

/** winston's info object. */
export type Info = Record<string | symbol, unknown>;

/** A winston info object becomes a record, after the logger's winston format if it has one. Never throws. */
export function writeInfo(logger: Internals, given: unknown): void {
  try {
    if (typeof given !== 'object' || given === null) write(logger, { level: 'info', message: given });
    else write(logger, given as Info);
  } catch (thrown) {
    if (logger[FORMAT] === undefined) {
      // Only a proxy gets here: nothing at all can be read of it.
      const fields = { args: `[Throws: ${toError(thrown).message}]` };
      logger[KERNEL].record(logger[SCOPE], LEVEL_RANKS.info, 'general', '[unreadable]', fields, undefined);
      return;
    }
    // A format that throws is the application's own code; winston would throw it at the caller of the log method.
    logger[KERNEL].failures.report({ kind: 'permanent', destination: 'format', error: toError(thrown), records: 1 });
  }
}

function write(logger: Internals, given: Info): void {
  const asked = given[LEVEL] ?? given['level'];
  const level = parseCallLevel(asked) ?? 'info';
  const scope = logger[SCOPE];
  if (scope.gate.rank < LEVEL_RANKS[level]) return;
  const call = formatInfo(logger, given);
  if (call === undefined) return;
  const { message, fields, error, text } = call;
  const extra =
    parseCallLevel(asked) === undefined && asked !== undefined
      ? mergeFields(fields as Fields, { level: asked })
      : fields;
  logger[KERNEL].record(scope, LEVEL_RANKS[level], categoryOf(level), message, extra, error, text);
  if (given['exception'] === true || given['rejection'] === true) logger[ADDED].handled();
}

/**
 * What an info object says, after the logger's winston format if it has one; nothing if the format drops it.
 *
 * @throws what the format throws
 */
export function formatInfo(logger: Internals, given: Info): FormattedCall | undefined {
  const format = logger[FORMAT];
  const info = format === undefined ? given : transform(format, given);
  if (info === undefined) return undefined;
  // An error stays the record's error, whatever plain object a format has made of it.
  const thrown = isError(given) ? realError(given) : isError(info) ? info : undefined;
  const call =
    thrown !== undefined
      ? {
          message: String(info['message']),
          fields: withoutKeys(info, 'level', 'message', 'stack'),
          error: thrown,
        }
      : normalizeCall([mergeFields(info, { message: info['message'] })], (value) => logger[KERNEL].show(value));
  const text = format === undefined ? undefined : info[MESSAGE];
  return { ...call, text: typeof text === 'string' ? text : undefined };
}

function transform(format: NonNullable<Internals[typeof FORMAT]>, given: Info): Info | undefined {
  const result = format.transform(given as never, format.options);
  return typeof result === 'object' ? result : undefined;
}

/** The error behind an info that `errorInfo` made of it. */
function realError(info: object): unknown {
  const prototype: unknown = Object.getPrototypeOf(info);
  return isError(prototype) && Object.hasOwn(prototype, 'stack') ? prototype : info;
}
