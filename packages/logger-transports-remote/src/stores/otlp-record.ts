import { type Entry, type Level } from '@metaexpert/logger-core';
import { wellFormed } from './protobuf';

/** OpenTelemetry log data model, "severity fields": trade is a notice, INFO2. */
const SEVERITY: Readonly<Record<Level, number>> = {
  critical: 21,
  error: 17,
  warning: 13,
  trade: 10,
  info: 9,
  debug: 5,
};

/** How an id, given in hex, is written: hex in JSON, bytes in protobuf. */
export type WriteId = (hex: string) => string | Buffer;

/** One LogRecord of opentelemetry-proto (logs/v1); 64-bit numbers are strings, as JSON has them and protobufjs takes them. */
export function otlpRecord({ record }: Entry, writeId: WriteId): object {
  const { time, level, message, traceId, spanId, fields, error, id, seq, logger, category, source } = record;
  const exception = error && {
    'exception.type': error.name,
    'exception.message': error.message,
    'exception.stacktrace': error.stack,
  };
  const own = {
    'log.record.uid': id,
    'logger.name': logger,
    'event.category': category,
    'log.seq': seq,
    'code.location': source,
  };
  return {
    timeUnixNano: `${time}000000`,
    observedTimeUnixNano: `${time}000000`,
    severityNumber: SEVERITY[level],
    severityText: level.toUpperCase(),
    body: { stringValue: wellFormed(message) },
    attributes: attributes({ ...fields, ...own, ...exception }),
    ...(/^[0-9a-f]{32}$/i.test(traceId ?? '') && { traceId: writeId(traceId ?? '') }),
    ...(/^[0-9a-f]{16}$/i.test(spanId ?? '') && { spanId: writeId(spanId ?? '') }),
  };
}

export function attributes(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: wellFormed(key), value: anyValue(value) }],
  );
}

function anyValue(value: unknown): object {
  if (typeof value === 'string') return { stringValue: wellFormed(value) };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  if (typeof value !== 'object' || value === null) return {};
  return { kvlistValue: { values: attributes(value as Record<string, unknown>) } };
}
