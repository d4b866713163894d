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
  const [row = {}] = parseCsv<Record<string, string>>(`${csvHeader()}\n${line}\n`, { columns: true });
  return row;
}

interface XmlNode {
  readonly ':@'?: Record<string, string>;
  readonly '#text'?: string;
  readonly record?: readonly XmlNode[];
  readonly message?: readonly XmlNode[];
  readonly error?: readonly XmlNode[];
  readonly field?: readonly XmlNode[];
  readonly item?: readonly XmlNode[];
}

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
  const [element] = xmlParser.parse(line) as XmlNode[];
  const children = element?.record ?? [];
  const error = children.find((child) => child.error !== undefined)?.error;
  return {
    attributes: element?.[':@'] ?? {},
    message: textOf(children.find((child) => child.message !== undefined)?.message),
    fields: membersOf(children),
    error: error === undefined ? undefined : membersOf(error),
  };
}

function membersOf(children: readonly XmlNode[]): Members {
  const members = children
    .filter(({ field }) => field !== undefined)
    .map((child) => [child[':@']?.['name'] ?? '', valueOf(child, child.field ?? [])] as const);
  return Object.fromEntries(members);
}

function valueOf(node: XmlNode, content: readonly XmlNode[]): unknown {
  switch (node[':@']?.['type']) {
    case 'null':
      return null;
    case 'object':
      return membersOf(content);
    case 'array':
      return content.map((item) => valueOf(item, item.item ?? []));
    case 'number':
    case 'boolean':
      return JSON.parse(textOf(content));
    default:
      return textOf(content);
  }
}

function textOf(content: readonly XmlNode[] = []): string {
  return content.map((node) => node['#text']).join('');
}

const { ExportLogsServiceRequest } = opentelemetry.proto.collector.logs.v1;

interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values: readonly KeyValue[] };
}

interface OtlpLog {
  readonly body: AnyValue;
  readonly attributes: readonly KeyValue[];
  readonly [key: string]: unknown;
}

interface OtlpRequest {
  readonly resourceLogs: readonly { readonly scopeLogs: readonly { readonly logRecords: readonly OtlpLog[] }[] }[];
}

/** The one LogRecord of a request, after a way through OTLP's protobuf encoding. */
export function readOtlp(line: string): { message: unknown; attributes: Members; record: OtlpLog } {
  const request = JSON.parse(line, (key, value: unknown) =>
    // The JSON mapping writes ids in hex, where protobuf's general one has base64.
    key === 'traceId' || key === 'spanId' ? [...Buffer.from(value as string, 'hex')] : value,
  ) as object;
  const bytes = ExportLogsServiceRequest.encode(ExportLogsServiceRequest.fromObject(request)).finish();
  const message = ExportLogsServiceRequest.decode(bytes);
  const problem = ExportLogsServiceRequest.verify(message);
  if (problem !== null) throw new Error(problem);
  const decoded = ExportLogsServiceRequest.toObject(message, { longs: String, arrays: true }) as unknown as OtlpRequest;
  const record = decoded.resourceLogs[0]?.scopeLogs[0]?.logRecords[0];
  if (record === undefined) throw new Error('no record');
  return { message: record.body.stringValue, attributes: fromKeyValues(record.attributes), record };
}

function fromKeyValues(list: readonly KeyValue[]): Members {
  return Object.fromEntries(list.map(({ key, value }) => [key, fromAnyValue(value)]));
}

function fromAnyValue(value: AnyValue): unknown {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue } = value;
  if (intValue !== undefined) return Number(intValue);
  if (arrayValue !== undefined) return arrayValue.values.map(fromAnyValue);
  if (kvlistValue !== undefined) return fromKeyValues(kvlistValue.values);
  return stringValue ?? boolValue ?? doubleValue ?? null;
}
