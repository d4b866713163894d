import { opentelemetry } from '@opentelemetry/otlp-transformer/build/src/generated/root';
import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Parse as glossy } from 'glossy';
import { parse as parseLogfmt } from 'logfmt';
import parseSyslog from 'nsyslog-parser';
import { csvHeader } from '../src/formats/csv';

type Members = Record<string, unknown>;

/** A line of logfmt as texts; this parser makes booleans of two words. */
export function readLogfmt(line: string): Record<string, string> {
  return Object.fromEntries(Object.entries(parseLogfmt(line)).map(([key, value]) => [key, String(value ?? '')]));
}

/** The extension of a CEF line, its escapes resolved. */
export function readCef(line: string): { header: Members; fields: Record<string, string> } {
  // This parser splits at every `=`, also at an escaped one, and resolves no escapes.
  const { cef, fields } = parseSyslog(line.replaceAll('\\=', '\u0001'));
  const plain = (text: string): string =>
    text.replaceAll('\u0001', '=').replace(/\\([\\|nr])/g, (_all, c: string) => ({ n: '\n', r: '\r' })[c] ?? c);
  const read = (members: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(members).map(([key, value]) => [key, plain(value)]));
  return { header: read({ ...cef, extension: '' }), fields: read(fields) };
}

export const readRfc5424 = (line: string): ReturnType<typeof glossy.parse> => glossy.parse(line);

/** A CSV line by the names of its columns; a field without quotes and text is not there. */
export function readCsv(line: string): Record<string, string> {
  const [row] = parseCsv(`${csvHeader()}\n${line}\n`, { columns: true }) as Record<string, string>[];
  return row as Record<string, string>;
}

type XmlNode = Record<string, unknown>;

const xmlParser = new XMLParser({
  ...{ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', trimValues: false },
  ...{ parseTagValue: false, parseAttributeValue: false, htmlEntities: true },
});

/** A record's element: its attributes, message, fields and error, as values of their types. */
export function readXml(line: string): {
  attributes: Members;
  message: string;
  fields: Members;
  error: Members | undefined;
} {
  const valid = XMLValidator.validate(line);
  if (valid !== true) throw new Error(valid.err.msg);
  const [record] = xmlParser.parse(line) as XmlNode[];
  const children = record!['record'] as XmlNode[];
  const error = children.find((child) => 'error' in child);
  return {
    attributes: record![':@'] as Members,
    message: textOf(children.find((child) => 'message' in child)!['message'] as XmlNode[]),
    fields: membersOf(children),
    error: error === undefined ? undefined : membersOf(error['error'] as XmlNode[]),
  };
}

function membersOf(children: readonly XmlNode[]): Members {
  const members = Object.create(null) as Members;
  for (const child of children) {
    if ('field' in child) members[(child[':@'] as Record<string, string>)['name']!] = valueOf(child, 'field');
  }
  return { ...members };
}

function valueOf(node: XmlNode, tag: 'field' | 'item'): unknown {
  const content = node[tag] as XmlNode[];
  switch ((node[':@'] as Record<string, string> | undefined)?.['type']) {
    case 'null':
      return null;
    case 'object':
      return membersOf(content);
    case 'array':
      return content.map((item) => valueOf(item, 'item'));
    case 'number':
    case 'boolean':
      return JSON.parse(textOf(content));
    default:
      return textOf(content);
  }
}

function textOf(content: readonly XmlNode[]): string {
  return content.map((node) => String(node['#text'])).join('');
}

const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1;

interface OtlpLog {
  body: { stringValue: string };
  attributes: { key: string; value: Members }[];
  [key: string]: unknown;
}

/** The one LogRecord of a request, after a way through OTLP's protobuf encoding. */
export function readOtlp(line: string): { message: string; attributes: Members; record: OtlpLog } {
  const request = JSON.parse(line, (key, value: unknown) =>
    // The JSON mapping writes ids in hex, where protobuf's general one has base64.
    key === 'traceId' || key === 'spanId' ? [...Buffer.from(value as string, 'hex')] : value,
  ) as object;
  const bytes = ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(request)).finish();
  const message = ExportLogsServiceRequest.decode(bytes);
  const problem = ExportLogsServiceRequest.verify(message);
  if (problem !== null) throw new Error(problem);
  const decoded = ExportLogsServiceRequest.toObject(message, { longs: String, arrays: true }) as any;
  const record = decoded.resourceLogs[0].scopeLogs[0].logRecords[0] as OtlpLog;
  return { message: record.body.stringValue, attributes: fromKeyValues(record.attributes), record };
}

function fromKeyValues(list: readonly { key: string; value: Members }[]): Members {
  const members = Object.create(null) as Members;
  for (const { key, value } of list) members[key] = fromAnyValue(value);
  return { ...members };
}

function fromAnyValue(value: any): unknown {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return value.doubleValue;
  if (value.arrayValue !== undefined) return (value.arrayValue.values as unknown[]).map(fromAnyValue);
  if (value.kvlistValue !== undefined) return fromKeyValues(value.kvlistValue.values ?? []);
  return null;
}
