import { definePlugin, type Fields, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { xmlText } from '../escape/xml-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { keptByName } from '../record/kept';
import { createTrailing } from '../record/trailing';
import { createTimestamp, TIMESTAMP_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of an XML formatter. */
export interface XmlOptions extends FieldChoice {
  timestamp?: TimestampOptions;
}

/**
 * Makes a formatter of one XML element a record, on one line:
 * `<record timestamp="…" level="…" …><message>…</message><field name="price" type="number">1.5</field><error>…</error></record>`.
 * Names are attributes, for an element cannot have every name; `type` says `number`, `boolean`, `null`, `object` or `array`, and
 * is left out for a string. What XML 1.0 cannot hold is shown as JSON would escape it. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a zone that is none
 */
export function createXml({ timestamp, ...choice }: XmlOptions = {}): Formatter {
  const time = createTimestamp(timestamp);
  const trailing = createTrailing((key, value) => ` ${key}="${xmlText(String(value))}"`);
  return createFormatter(choice, (record: LogRecord) => {
    const { level, logger, category, message, fields, error } = record;
    let line = `<record timestamp="${xmlText(time(record))}" level="${level}"`;
    if (logger !== '') line += ` logger="${xmlText(logger)}"`;
    if ((category as string) !== '') line += ` category="${category}"`;
    line += `${trailing(record)}><message>${xmlText(message)}</message>${members(fields)}`;
    return `${line}${error === undefined ? '' : `<error>${members(error)}</error>`}</record>`;
  });
}

/** The XML formatter with its defaults. */
export const xml: Formatter = createXml();

/** What `format: 'xml'` in plain configuration means. */
export const xmlPlugin = definePlugin({
  kind: 'formatter',
  type: 'xml',
  schema: { ...FIELD_CHOICE_SCHEMA, timestamp: TIMESTAMP_SCHEMA },
  create: (options: XmlOptions) => createXml(options),
});

const nameAttribute = keptByName((name) => ` name="${xmlText(name)}"`);

function members(fields: Readonly<Fields>): string {
  let text = '';
  for (const key of Object.keys(fields)) text += element('field', nameAttribute(key), fields[key]);
  return text;
}

function element(tag: string, attributes: string, value: unknown): string {
  if (typeof value === 'string') return `<${tag}${attributes}>${xmlText(value)}</${tag}>`;
  if (value === null || value === undefined) return `<${tag}${attributes} type="null"/>`;
  if (Array.isArray(value)) {
    let items = '';
    for (const item of value) items += element('item', '', item);
    return `<${tag}${attributes} type="array">${items}</${tag}>`;
  }
  if (typeof value === 'object') return `<${tag}${attributes} type="object">${members(value as Fields)}</${tag}>`;
  return `<${tag}${attributes} type="${typeof value}">${jsonText(value)}</${tag}>`;
}
