import { definePlugin, type Formatter, type Level, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { createFlatWriter } from '../record/flat-text';
import { keptLast } from '../record/kept';
import { OWN_KEYS } from '../record/own-keys';
import { createTrailing } from '../record/trailing';
import { createTimestamp } from '../time/timestamp';
import { createFormatter } from './create-formatter';

/** Options of a CEF formatter. */
export interface CefOptions extends FieldChoice {
  /** @default 'MetaExpert' */
  vendor?: string;
  /** @default the logger's name */
  product?: string;
  /** @default '1' */
  version?: string;
}

/** 0 to 10; 9 and 10 are very high, 7 and 8 high, 4 to 6 medium, 0 to 3 low. */
const CEF_SEVERITIES: Readonly<Record<Level, number>> = {
  critical: 10,
  error: 8,
  warning: 6,
  trade: 4,
  info: 3,
  debug: 1,
};

/** The record's own keys by the names of CEF's dictionary where it has one. */
const DICTIONARY: Readonly<Partial<Record<string, string>>> = { host: 'dvchost', pid: 'dvcpid', id: 'externalId' };
const RESERVED: ReadonlySet<string> = new Set([
  ...['rt', 'msg', 'error', 'cat', 'logger'],
  ...OWN_KEYS.filter((key) => !['timestamp', 'level', 'message', 'category'].includes(key)).map(
    (key) => DICTIONARY[key] ?? key,
  ),
]);
const NAME = /^[\w.-]+$/;
/** Most texts hold nothing of it. */
const SUSPICIOUS = /[=|\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/;

/**
 * Makes a formatter of ArcSight's Common Event Format, version 0: the class id is the category, the name the message, then
 * `rt` (ms since 1970), fields and error under dotted names, and the record's own keys. `|` and `\` are escaped in the header,
 * `=`, `\` and line ends in the extension; other control characters are shown. A field whose name CEF cannot write is in
 * `fields`, as JSON. Called once per record; keeps nothing of it.
 */
export function createCef(options: CefOptions = {}): Formatter {
  const { vendor = 'MetaExpert', product, version = '1' } = options;
  const names = new FlatNames({ reserved: RESERVED, accepts: (name) => NAME.test(name) });
  const time = createTimestamp({ epoch: 'ms' });
  const start = `CEF:0|${headerText(vendor)}|`;
  const productText = keptLast((name) => `${headerText(product ?? name)}|${headerText(version)}|`);
  const before = (name: string): string => ` ${name}=`;
  const flat = createFlatWriter({ names, before, value: extensionValue });
  const logger = keptLast((name) => (name === '' ? '' : before('logger') + extensionText(name)));
  const trailing = createTrailing((key, value) => before(DICTIONARY[key] ?? key) + extensionValue(value));
  return createFormatter(options, (record: LogRecord) => {
    const { level, message, category } = record;
    let line =
      `${start}${productText(record.logger)}${headerText(category)}|${headerText(message)}|` +
      `${CEF_SEVERITIES[level]}|rt=${time(record)}`;
    const { text, rest } = flat.fields(record.fields);
    line += text;
    if (record.error !== undefined) line += flat.error(record.error);
    if (rest !== undefined) line += ` fields=${extensionText(jsonText(rest))}`;
    if ((category as string) !== '') line += ` cat=${category}`;
    return line + logger(record.logger) + trailing(record);
  });
}

/** The CEF formatter with its defaults. */
export const cef: Formatter = createCef();

const text = { type: 'string' } as const;

/** What `format: 'cef'` in plain configuration means. */
export const cefPlugin = definePlugin({
  kind: 'formatter',
  type: 'cef',
  schema: { ...FIELD_CHOICE_SCHEMA, vendor: text, product: text, version: text },
  create: (options: CefOptions) => createCef(options),
});

function extensionValue(value: unknown): string {
  return typeof value === 'number'
    ? jsonText(value)
    : extensionText(typeof value === 'string' ? value : jsonText(value));
}

/** A header field cannot hold a line end at all: it is shown, its backslash escaped. */
function headerText(given: string): string {
  if (!SUSPICIOUS.test(given)) return given;
  return visible(given).replace(/[|\\]/g, '\\$&');
}

/** Line ends are the two escapes that an extension has of its own. */
function extensionText(given: string): string {
  if (!SUSPICIOUS.test(given)) return given;
  return given
    .replace(/[=\\]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, (end) => (end === '\n' ? '\\n' : end === '\r' ? '\\r' : '\\r\\n'))
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, (character) => `\\${visible(character)}`);
}
