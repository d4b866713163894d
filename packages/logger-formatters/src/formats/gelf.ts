import { definePlugin, type Formatter, type LogRecord, SEVERITIES } from '@metaexpert/logger-core';
import { hostname } from 'node:os';
import { jsonString, jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { flatten, flattenError, type FlatFields } from '../record/flatten';
import { ownValue } from '../record/own-keys';
import { createTimestamp } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of a GELF formatter. */
export interface GelfOptions extends FieldChoice {
  /** The mandatory `host`. @default the record's host, else this machine's name */
  host?: string;
}

/** The record's own keys as additional fields; `_id` is not allowed there. */
const CONTEXT: readonly (readonly [Parameters<typeof ownValue>[1], string])[] = [
  ...(
    ['logger', 'category', 'simulatedTime', 'traceId', 'spanId', 'source', 'truncated', 'pid', 'thread', 'seq'] as const
  ).map((key) => [key, key] as const),
  ['id', 'recordId'],
];
const RESERVED: ReadonlySet<string> = new Set(['id', 'error', ...CONTEXT.map(([, name]) => name)]);
const NAME = /^[\w.-]+$/;

/**
 * Makes a formatter of GELF 1.1 (docs of Graylog, "GELF payload specification"): `short_message` the message, `full_message`
 * the stack of an error, `level` the syslog severity, fields with an underscore before their names. Nested objects become
 * dotted names, arrays JSON text, `true` and `null` words, for GELF has strings and numbers only; a field whose name GELF does
 * not allow is in `_fields`, as JSON. Called once per record; keeps nothing of it.
 */
export function createGelf(options: GelfOptions = {}): Formatter {
  const names = new FlatNames({ reserved: RESERVED, accepts: (name) => NAME.test(name) });
  const seconds = createTimestamp({ epoch: 's' });
  const ownHost = options.host ?? hostname();
  return createFormatter(options, (record: LogRecord) => {
    const { message, error } = record;
    const host = options.host ?? record.host ?? ownHost;
    let line = `{"version":"1.1","host":${jsonString(host)},"short_message":${jsonString(message === '' ? '-' : message)}`;
    if (error?.stack !== undefined) line += `,"full_message":${jsonText(error.stack)}`;
    line += `,"timestamp":${seconds(record)},"level":${SEVERITIES[record.level]}`;
    const fields = flatten(record.fields, names);
    line += members(fields);
    const flatError = flattenError(error, names);
    if (flatError !== undefined) line += members(flatError);
    if (fields.rest !== undefined) line += `,"_fields":${jsonString(jsonText(fields.rest))}`;
    for (const [key, name] of CONTEXT) {
      const value = ownValue(record, key);
      if (value !== undefined) line += `,"_${name}":${gelfValue(value)}`;
    }
    return `${line}}`;
  });
}

/** The GELF formatter with its defaults. */
export const gelf: Formatter = createGelf();

/** What `format: 'gelf'` in plain configuration means. */
export const gelfPlugin = definePlugin({
  kind: 'formatter',
  type: 'gelf',
  schema: { ...FIELD_CHOICE_SCHEMA, host: { type: 'string' } },
  create: (options: GelfOptions) => createGelf(options),
});

function members({ names, values }: FlatFields): string {
  let text = '';
  for (let i = 0; i < names.length; i++) text += `,"_${names[i] as string}":${gelfValue(values[i])}`;
  return text;
}

function gelfValue(value: unknown): string {
  if (typeof value === 'number') return jsonText(value);
  return jsonString(typeof value === 'string' ? value : jsonText(value));
}
