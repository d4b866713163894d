import { loadSchema, field, type ProtobufSchema, repeated } from './protobuf';

/** opentelemetry-proto 1.x: collector/logs/v1/logs_service.proto, logs/v1/logs.proto and what those import, as far as it is used. */
const SCHEMA: ProtobufSchema = {
  ExportLogsServiceRequest: { fields: { resourceLogs: repeated(1, 'ResourceLogs') } },
  ResourceLogs: { fields: { resource: field(1, 'Resource'), scopeLogs: repeated(2, 'ScopeLogs') } },
  Resource: { fields: { attributes: repeated(1, 'KeyValue') } },
  ScopeLogs: { fields: { scope: field(1, 'InstrumentationScope'), logRecords: repeated(2, 'LogRecord') } },
  InstrumentationScope: { fields: { name: field(1, 'string') } },
  LogRecord: {
    fields: {
      timeUnixNano: field(1, 'fixed64'),
      severityNumber: field(2, 'int32'),
      severityText: field(3, 'string'),
      body: field(5, 'AnyValue'),
      attributes: repeated(6, 'KeyValue'),
      traceId: field(9, 'bytes'),
      spanId: field(10, 'bytes'),
      observedTimeUnixNano: field(11, 'fixed64'),
    },
  },
  KeyValue: { fields: { key: field(1, 'string'), value: field(2, 'AnyValue') } },
  AnyValue: {
    oneofs: {
      value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue'] },
    },
    fields: {
      stringValue: field(1, 'string'),
      boolValue: field(2, 'bool'),
      intValue: field(3, 'int64'),
      doubleValue: field(4, 'double'),
      arrayValue: field(5, 'ArrayValue'),
      kvlistValue: field(6, 'KeyValueList'),
    },
  },
  ArrayValue: { fields: { values: repeated(1, 'AnyValue') } },
  KeyValueList: { fields: { values: repeated(1, 'KeyValue') } },
  ExportLogsServiceResponse: { fields: { partialSuccess: field(1, 'ExportLogsPartialSuccess') } },
  ExportLogsPartialSuccess: { fields: { rejectedLogRecords: field(1, 'int64'), errorMessage: field(2, 'string') } },
};

export interface OtlpProtobuf {
  encode(request: object): Buffer;
  /** @throws Error when it is none */
  decodeAnswer(bytes: Buffer): OtlpAnswer;
}

/** What a collector says of records that it took, or of those that it did not: `rejectedLogRecords` is an int64. */
export interface OtlpAnswer {
  readonly partialSuccess?: { readonly rejectedLogRecords?: unknown; readonly errorMessage?: unknown } | null;
}

/** @throws RemoteError MXL_REMOTE_CLIENT_MISSING */
export function otlpProtobuf(): OtlpProtobuf {
  const type = loadSchema('otlp', SCHEMA);
  const [request, response] = [type('ExportLogsServiceRequest'), type('ExportLogsServiceResponse')];
  return {
    encode: (message) => asBuffer(request.encode(message).finish()),
    decodeAnswer: (bytes) => response.decode(bytes),
  };
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
