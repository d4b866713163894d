import { definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { toEscape } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { createFlatWriter } from '../record/flat-text';
import { keptByName, keptLast } from '../record/kept';
import { OWN_KEYS } from '../record/own-keys';
import { createTrailing } from '../record/trailing';
import { createTimestamp, TIMESTAMP_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of a logfmt formatter. `rename` also knows the record's own keys: `{ timestamp: 'ts', message: 'msg' }`. */
export interface LogfmtOptions extends FieldChoice {
  timestamp?: TimestampOptions;
}

/** A value that stands without quotes: nothing in it that a reader would split, unquote or take for a control character. */
const BARE = /^[^\s"=\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]+$/;
const NAME = BARE;
const ESCAPED = /["\\\p{Cc}\p{Cs}\u2028\u2029]/gu;
/** The same without looking at pairs of surrogates as one. */
const ESCAPES = /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;

/**
 * Makes a logfmt formatter: one line of `key=value`, values with blanks or quotes in double quotes, `"` and `\` escaped by a
 * backslash, control characters as in JSON (brandur.org/logfmt, and the parsers of Go and Node). Nested objects become dotted
 * names, arrays JSON text, an error `error.name`, `error.message`, …; a field whose name logfmt cannot write is in `fields`,
 * as JSON. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a time zone that is none
 */
export function createLogfmt(options: LogfmtOptions = {}): Formatter {
  const { timestamp, rename = {} } = options;
  const time = createTimestamp(timestamp);
  const own = (key: string): string => (Object.hasOwn(rename, key) ? (rename[key] ?? key) : key);
  const names = new FlatNames({ reserved: new Set(OWN_KEYS.map(own)), accepts: (name) => NAME.test(name) });
  const [timeKey, levelKey, messageKey] = ['timestamp', 'level', 'message'].map(own) as [string, string, string];
  const before = (name: string): string => ` ${name}=`;
  const flat = createFlatWriter({ names, before, value: logfmtValue });
  const ownBefore = keptByName((key) => before(own(key)));
  const trailing = createTrailing((key, value) => ownBefore(key) + logfmtValue(value));
  const logger = keptLast((name) => (name === '' ? '' : ownBefore('logger') + logfmtValue(name)));
  const [levelBefore, messageBefore, category] = [before(levelKey), before(messageKey), ownBefore('category')];
  return createFormatter(options, (record: LogRecord) => {
    let line = `${timeKey}=${time(record)}${levelBefore}${record.level}${logger(record.logger)}${messageBefore}${logfmtValue(record.message)}`;
    if ((record.category as string) !== '') line += category + record.category;
    const { text, rest } = flat.fields(record.fields);
    line += text;
    if (record.error !== undefined) line += flat.error(record.error);
    if (rest !== undefined) line += ` fields=${logfmtValue(jsonText(rest))}`;
    return line + trailing(record);
  });
}

/** The logfmt formatter with its defaults. */
export const logfmt: Formatter = createLogfmt();

/** What `format: 'logfmt'` in plain configuration means. */
export const logfmtPlugin = definePlugin({
  kind: 'formatter',
  type: 'logfmt',
  schema: { ...FIELD_CHOICE_SCHEMA, timestamp: TIMESTAMP_SCHEMA },
  create: (options: LogfmtOptions) => createLogfmt(options),
});

/** A value as logfmt writes it. */
function logfmtValue(value: unknown): string {
  if (typeof value === 'number') return jsonText(value);
  const text = typeof value === 'string' ? value : jsonText(value);
  return BARE.test(text) ? text : `"${ESCAPES.test(text) ? text.replace(ESCAPED, escape) : text}"`;
}

function escape(character: string): string {
  return character === '"' || character === '\\' ? `\\${character}` : toEscape(character);
}
