import { definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { keptByName } from '../record/kept';
import { OWN_KEYS } from '../record/own-keys';
import { createTrailing } from '../record/trailing';
import { createTimestamp } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of a formatter for Splunk's HTTP Event Collector. */
export interface SplunkOptions extends FieldChoice {
  /** @default the record's host */
  host?: string;
  /** @default the logger's name */
  source?: string;
  /** @default '_json' */
  sourcetype?: string;
  /** @default the token's */
  index?: string;
  /** Names of fields, and of the record's own keys, that are indexed beside the event. @default level, logger, category */
  indexed?: readonly string[];
}

const names = new FlatNames({ reserved: new Set(OWN_KEYS), accepts: () => true });

const before = keptByName((key) => `,${jsonString(names.of(key) ?? key)}:`);
const trailing = createTrailing((key, value) => `,"${key}":${jsonText(value)}`);

const INDEXED: readonly string[] = ['level', 'logger', 'category'];

/**
 * Makes a formatter of events for Splunk's HTTP Event Collector ("Format events for HTTP Event Collector"): `time` in seconds,
 * `host`, `source`, `sourcetype`, `index`, `event` with the whole JSON record, and flat `fields` that are indexed.
 * Called once per record; keeps nothing of it.
 */
export function createSplunk(options: SplunkOptions = {}): Formatter {
  const { host, source, sourcetype = '_json', index, indexed = INDEXED } = options;
  const seconds = createTimestamp({ epoch: 's' });
  const fixed = `,"sourcetype":${jsonString(sourcetype)}${index === undefined ? '' : `,"index":${jsonString(index)}`}`;
  return createFormatter(options, (record: LogRecord) => {
    const from = host ?? record.host;
    const by = source ?? record.logger;
    let line = `{"time":${seconds(record)}`;
    if (from !== undefined) line += `,"host":${jsonString(from)}`;
    if (by !== '') line += `,"source":${jsonString(by)}`;
    return `${line}${fixed},"event":${eventObject(record)}${indexedFields(record, indexed)}}`;
  });
}

/** The Splunk formatter with its defaults. */
export const splunk: Formatter = createSplunk();

const text = { type: 'string' } as const;

/** What `format: 'splunk'` in plain configuration means. */
export const splunkPlugin = definePlugin({
  kind: 'formatter',
  type: 'splunk',
  schema: {
    ...FIELD_CHOICE_SCHEMA,
    ...{ host: text, source: text, sourcetype: text, index: text },
    indexed: { type: 'array', items: text },
  },
  create: (options: SplunkOptions) => createSplunk(options),
});

/** The record as JSON, a field with one of its own names moved aside as in every JSON line. */
function eventObject(record: LogRecord): string {
  const { timestamp, level, message, error } = record;
  let event = `{"timestamp":${jsonString(timestamp)},"level":"${level}","message":${jsonString(message)}`;
  for (const key of ['logger', 'category'] as const) {
    if (record[key] !== '') event += `,"${key}":${jsonString(record[key])}`;
  }
  event += fieldMembers(record);
  if (error !== undefined) event += `,"error":${jsonText(error)}`;
  return `${event}${trailing(record)}}`;
}

function fieldMembers(record: LogRecord): string {
  const { fields } = record;
  let text = '';
  for (const key of Object.keys(fields)) text += before(key) + jsonText(fields[key]);
  return text;
}

/** Indexed fields must be flat: an object among them makes the collector refuse the event. */
function indexedFields(record: LogRecord, names: readonly string[]): string {
  let members = '';
  for (const name of names) {
    const value = indexedValue(record, name);
    if (value === undefined || value === null || value === '') continue;
    members += `,${jsonString(name)}:${jsonText(typeof value === 'object' ? jsonText(value) : value)}`;
  }
  return members === '' ? '' : `,"fields":{${members.slice(1)}}`;
}

/** A user's field does not stand in for the record's own key of that name. */
function indexedValue(record: LogRecord, name: string): unknown {
  if (OWN_KEYS.includes(name)) return (record as unknown as Record<string, unknown>)[name];
  return Object.hasOwn(record.fields, name) ? record.fields[name] : undefined;
}
