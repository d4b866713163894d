import { type ErrorRecord, type Level, type LogRecord } from '@metaexpert/logger-core';
import { type OtlpAttribute, otlpAttributes, otlpValue } from './otlp-value';
import { isUsableTime } from '../time/timestamp';
import { parseSource } from './source';

/** OTLP's LogRecord in its JSON mapping (opentelemetry-proto, logs.proto): ids in hex, 64-bit integers as strings. */
export interface OtlpRecord {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: number;
  readonly severityText: string;
  readonly body: { readonly stringValue: string };
  readonly attributes: readonly OtlpAttribute[];
  readonly traceId?: string;
  readonly spanId?: string;
}

/** Logs data model, "Field: SeverityNumber": DEBUG, INFO, INFO2, WARN, ERROR, FATAL. */
const SEVERITY_NUMBERS: Readonly<Record<Level, number>> = {
  critical: 21,
  error: 17,
  warning: 13,
  trade: 10,
  info: 9,
  debug: 5,
};

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;
const RESERVED: ReadonlySet<string> = new Set([
  ...[
    'log.record.uid',
    'category',
    'seq',
    'thread.id',
    'code.file.path',
    'code.line.number',
    'source',
    'simulatedTime',
  ],
  ...['truncated', 'exception.type', 'exception.message', 'exception.stacktrace', 'error', 'traceId', 'spanId'],
]);
const EXCEPTION_KEYS: ReadonlySet<string> = new Set(['name', 'message', 'stack']);

/**
 * A record as OTLP's LogRecord. Fields are attributes as they are nested; an error is `exception.type`, `exception.message`
 * and `exception.stacktrace` (OpenTelemetry's semantic conventions), and what else it holds `error`. Logger, host and pid
 * belong to the scope and resource around it: {@link otlpScope}, {@link otlpResource}. Takes records whose fields are plain.
 */
export function toOtlpRecord(record: LogRecord): OtlpRecord {
  const { time, level, message, fields, traceId = '', spanId = '' } = record;
  const nanos = isUsableTime(time) && time > 0 ? unixNanos(time) : '0';
  const attributes: OtlpAttribute[] = [];
  for (const key of Object.keys(fields)) {
    attributes.push({
      key: RESERVED.has(key) || key.startsWith('fields.') ? `fields.${key}` : key,
      value: otlpValue(fields[key]),
    });
  }
  attributes.push(...contextAttributes(record));
  if (record.error !== undefined) attributes.push(...errorAttributes(record.error));
  return {
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    severityNumber: SEVERITY_NUMBERS[level],
    severityText: level.toUpperCase(),
    body: { stringValue: message },
    attributes,
    ...(TRACE_ID.test(traceId) && { traceId }),
    ...(SPAN_ID.test(spanId) && { spanId }),
  };
}

/** The resource that a record comes from. */
export function otlpResource(
  { host, pid }: LogRecord,
  serviceName: string,
): { readonly attributes: readonly OtlpAttribute[] } {
  return {
    attributes: otlpAttributes({ 'service.name': serviceName, ...defined({ 'host.name': host, 'process.pid': pid }) }),
  };
}

/** The scope that a record comes from. */
export function otlpScope({ logger }: LogRecord): { readonly name: string } {
  return { name: logger };
}

function unixNanos(time: number): string {
  const ms = Math.floor(time);
  return `${ms}${String(Math.round((time - ms) * 1e6))
    .padStart(6, '0')
    .slice(0, 6)}`;
}

function contextAttributes({
  id,
  category,
  seq,
  thread,
  source,
  simulatedTime,
  truncated,
  traceId,
  spanId,
}: LogRecord): OtlpAttribute[] {
  const { file, line } = source === undefined ? {} : parseSource(source);
  return otlpAttributes(
    defined({
      'log.record.uid': id === '' ? undefined : id,
      category: (category as string) === '' ? undefined : category,
      seq,
      'thread.id': thread,
      'code.file.path': file,
      'code.line.number': line,
      source: file === undefined ? source : undefined,
      simulatedTime,
      truncated,
      // Ids that are none of OpenTelemetry's own must not be lost.
      traceId: traceId === undefined || TRACE_ID.test(traceId) ? undefined : traceId,
      spanId: spanId === undefined || SPAN_ID.test(spanId) ? undefined : spanId,
    }),
  );
}

function errorAttributes(error: ErrorRecord): OtlpAttribute[] {
  const { name, message, stack } = error;
  const rest = Object.entries(error).filter(([key]) => !EXCEPTION_KEYS.has(key));
  const attributes = otlpAttributes(
    defined({ 'exception.type': name, 'exception.message': message, 'exception.stacktrace': stack }),
  );
  if (rest.length > 0) attributes.push({ key: 'error', value: otlpValue(Object.fromEntries(rest)) });
  return attributes;
}

function defined(members: Record<string, unknown>): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  for (const key of Object.keys(members)) if (members[key] !== undefined) left[key] = members[key];
  return left;
}
