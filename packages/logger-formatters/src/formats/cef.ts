import { definePlugin, type Formatter, type Level, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { visible } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { flatten, flattenError, type FlatFields } from '../record/flatten';
import { ownValue } from '../record/own-keys';
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
const CONTEXT: readonly (readonly [Parameters<typeof ownValue>[1], string])[] = [
  ['category', 'cat'],
  ['host', 'dvchost'],
  ['pid', 'dvcpid'],
  ['id', 'externalId'],
  ...(['logger', 'simulatedTime', 'traceId', 'spanId', 'source', 'truncated', 'thread', 'seq'] as const).map(
    (key) => [key, key] as const,
  ),
];
const RESERVED: ReadonlySet<string> = new Set(['rt', 'msg', 'error', ...CONTEXT.map(([, name]) => name)]);
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
  const [maker, release] = [headerText(vendor), headerText(version)];
  return createFormatter(options, (record: LogRecord) => {
    const { level, logger, message, category } = record;
    let line =
      `CEF:0|${maker}|${headerText(product ?? logger)}|${release}|${headerText(category)}|` +
      `${headerText(message)}|${CEF_SEVERITIES[level]}|rt=${time(record)}`;
    const fields = flatten(record.fields, names);
    line += members(fields);
    const error = flattenError(record.error, names);
    if (error !== undefined) line += members(error);
    if (fields.rest !== undefined) line += ` fields=${extensionText(jsonText(fields.rest))}`;
    for (const [key, name] of CONTEXT) {
      const value = ownValue(record, key);
      if (value !== undefined) line += ` ${name}=${extensionText(String(value))}`;
    }
    return line;
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

function members({ names, values }: FlatFields): string {
  let line = '';
  for (let i = 0; i < names.length; i++) {
    const value = values[i];
    line += ` ${names[i] as string}=${extensionText(typeof value === 'string' ? value : jsonText(value))}`;
  }
  return line;
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
