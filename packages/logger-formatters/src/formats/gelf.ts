import { definePlugin, type Formatter, type LogRecord, SEVERITIES } from '@metaexpert/logger-core';
import { hostname } from 'node:os';
import { jsonString, jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { createFlatWriter } from '../record/flat-text';
import { keptLast } from '../record/kept';
import { OWN_KEYS } from '../record/own-keys';
import { createTrailing } from '../record/trailing';
import { createTimestamp } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of a GELF formatter. */
export interface GelfOptions extends FieldChoice {
  /** The mandatory `host`. @default the record's host, else this machine's name */
  host?: string;
}

/** The record's own keys are additional fields too; `_id` is not allowed there, and `host` stands elsewhere. */
const RESERVED: ReadonlySet<string> = new Set([
  ...['id', 'recordId', 'error'],
  ...OWN_KEYS.filter((key) => !['timestamp', 'level', 'message', 'host'].includes(key)),
]);
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
  const before = (name: string): string => `,"_${name}":`;
  const flat = createFlatWriter({ names, before, value: gelfValue });
  const hostMember = keptLast((host) => `"host":${jsonString(host)}`);
  const logger = keptLast((name) => (name === '' ? '' : before('logger') + jsonString(name)));
  const trailing = createTrailing((key, value) =>
    key === 'host' ? '' : before(key === 'id' ? 'recordId' : key) + gelfValue(value),
  );
  return createFormatter(options, (record: LogRecord) => {
    const { message, error, category } = record;
    const host = options.host ?? record.host ?? ownHost;
    let line = `{"version":"1.1",${hostMember(host)},"short_message":${jsonString(message === '' ? '-' : message)}`;
    if (error?.stack !== undefined) line += `,"full_message":${jsonText(error.stack)}`;
    line += `,"timestamp":${seconds(record)},"level":${SEVERITIES[record.level]}`;
    const { text, rest } = flat.fields(record.fields);
    line += text;
    if (error !== undefined) line += flat.error(error);
    if (rest !== undefined) line += `,"_fields":${jsonString(jsonText(rest))}`;
    line += logger(record.logger);
    if ((category as string) !== '') line += `,"_category":"${category}"`;
    return `${line}${trailing(record)}}`;
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

function gelfValue(value: unknown): string {
  if (typeof value === 'number') return jsonText(value);
  return jsonString(typeof value === 'string' ? value : jsonText(value));
}
