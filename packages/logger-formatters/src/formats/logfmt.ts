import { definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { toEscape } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { flatten, flattenError, type FlatFields } from '../record/flatten';
import { OWN_KEYS, ownValue, TRAILING_KEYS } from '../record/own-keys';
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
  const trailing = TRAILING_KEYS.map((key) => [key, ` ${own(key)}=`] as const);
  const [logger, category] = [` ${own('logger')}=`, ` ${own('category')}=`];
  return createFormatter(options, (record: LogRecord) => {
    let line = `${timeKey}=${time(record)} ${levelKey}=${record.level}`;
    if (record.logger !== '') line += logger + logfmtValue(record.logger);
    line += ` ${messageKey}=${logfmtValue(record.message)}`;
    if (ownValue(record, 'category') !== undefined) line += category + record.category;
    const fields = flatten(record.fields, names);
    line += pairs(fields);
    const error = flattenError(record.error, names);
    if (error !== undefined) line += pairs(error);
    if (fields.rest !== undefined) line += ` fields=${logfmtValue(jsonText(fields.rest))}`;
    for (const [key, prefix] of trailing) {
      const value = ownValue(record, key);
      if (value !== undefined) line += prefix + logfmtValue(value);
    }
    return line;
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

function pairs({ names, values }: FlatFields): string {
  let text = '';
  for (let i = 0; i < names.length; i++) text += ` ${names[i] as string}=${logfmtValue(values[i])}`;
  return text;
}

/** A value as logfmt writes it. */
function logfmtValue(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonText(value);
  return BARE.test(text) ? text : `"${text.replace(ESCAPED, escape)}"`;
}

function escape(character: string): string {
  return character === '"' || character === '\\' ? `\\${character}` : toEscape(character);
}
