import { type DestinationOptions, type Entry, type WriteResult, withPlugin } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { type HttpAnswer } from '../http/http-client';
import { HTTP_SCHEMA, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { type OtlpAnswer, type OtlpProtobuf, otlpProtobuf } from './otlp-protobuf';
import { attributes, otlpRecord, type WriteId } from './otlp-record';
import { checkEncoding, type Encoding, ENCODING_SCHEMA, PROTOBUF_TYPE } from './protobuf';

/** Options of an `otlp` destination. */
export interface OtlpOptions extends HttpCommonOptions {
  /** Attributes of the resource; `service.name` is the logger's name unless it is given here. */
  resource?: Record<string, string>;
  /** `protobuf` takes the package protobufjs. @default 'json' */
  encoding?: Encoding;
}

/** All that a client may send again: OTLP specification, "OTLP/HTTP response", table of retryable status codes. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What `type: 'otlp'` in plain configuration means. */
export const otlpPlugin = defineRemote<OtlpOptions>({
  type: 'otlp',
  schemes: { http: { wire: 'tcp', port: 4318 }, https: { wire: 'tls', port: 4318 } },
  schema: {
    ...HTTP_SCHEMA,
    resource: { type: 'object', additionalProperties: { type: 'string' } },
    encoding: ENCODING_SCHEMA,
  },
  check: ({ auth, encoding }) => [...checkAuth(auth), ...checkEncoding('otlp', encoding)],
  create: (options, parts) => {
    const path = parts.target.path === '/' ? '/v1/logs' : parts.target.path;
    const protobuf = options.encoding === 'protobuf' ? otlpProtobuf() : undefined;
    const headers = { 'Content-Type': protobuf === undefined ? 'application/json' : PROTOBUF_TYPE };
    const body = (batch: readonly Entry[]): string | Buffer =>
      protobuf === undefined
        ? JSON.stringify(exportRequest(batch, options.resource, (hex) => hex))
        : protobuf.encode(exportRequest(batch, options.resource, (hex) => Buffer.from(hex, 'hex')));
    return httpTransport(options, parts, {
      request: (batch) => ({ path, headers, body: body(batch) }),
      judge: (answer, batch, byStatus) =>
        judge(answer, { count: batch.length, byStatus, where: parts.target.where, protobuf }),
    });
  },
});

function exportRequest(batch: readonly Entry[], resource: Readonly<Record<string, string>> = {}, id: WriteId): object {
  const byLogger = new Map<string, Entry[]>();
  for (const entry of batch) {
    const entries = byLogger.get(entry.record.logger);
    if (entries === undefined) byLogger.set(entry.record.logger, [entry]);
    else entries.push(entry);
  }
  const resourceLogs = [...byLogger].map(([logger, entries]) => {
    const host = entries[0]?.record.host;
    return {
      resource: { attributes: attributes({ 'service.name': logger, 'host.name': host, ...resource }) },
      scopeLogs: [{ scope: { name: '@metaexpert/logger' }, logRecords: entries.map((one) => otlpRecord(one, id)) }],
    };
  });
  return { resourceLogs };
}

interface Judged {
  readonly count: number;
  readonly byStatus: WriteResult;
  readonly where: string;
  readonly protobuf: OtlpProtobuf | undefined;
}

function judge(answer: HttpAnswer, { count, byStatus, where, protobuf }: Judged): WriteResult {
  if (byStatus.status === 'delivered') return judgePartial(readAnswer(answer, protobuf), count, where);
  if (byStatus.status === 'retry' && !RETRYABLE.has(answer.status)) {
    return { status: 'rejected', error: byStatus.error ?? new RemoteError('MXL_REMOTE_STATUS', where) };
  }
  return byStatus;
}

/** A partial success says how many were refused, never which: they are counted, and nothing is sent again. */
function judgePartial({ partialSuccess }: OtlpAnswer, count: number, where: string): WriteResult {
  const rejected = Math.min(count, Number(partialSuccess?.rejectedLogRecords ?? 0) || 0);
  if (rejected <= 0) return { status: 'delivered' };
  const { errorMessage } = partialSuccess ?? {};
  const words = typeof errorMessage === 'string' ? errorMessage.slice(0, 200) : '';
  const error = new RemoteError(
    'MXL_REMOTE_REFUSED',
    `${where} refused ${rejected} of ${count} records without saying which: ${words}`,
  );
  if (rejected === count) return { status: 'rejected', error };
  const indexes = Array.from({ length: count }, (_, index) => index);
  return {
    status: 'partial',
    delivered: indexes.slice(rejected),
    retry: [],
    rejected: indexes.slice(0, rejected),
    error,
  };
}

/** In the encoding of the request (OTLP specification, "OTLP/HTTP response"), though a proxy may answer in JSON. */
function readAnswer({ body, bytes, headers }: HttpAnswer, protobuf: OtlpProtobuf | undefined): OtlpAnswer {
  const isJson = protobuf === undefined || /json/i.test(headers['content-type'] ?? '');
  try {
    const answer: unknown = isJson ? JSON.parse(body) : protobuf.decodeAnswer(bytes);
    return typeof answer === 'object' && answer !== null ? answer : {};
  } catch {
    return {}; // an empty answer, or none of this protocol: the status is all there is
  }
}

/**
 * Sends records to an OpenTelemetry collector, by OTLP over HTTP.
 *
 * @example
 * createLogger({ destinations: [otlp({ url: 'https://otel.example.com:4318', resource: { 'service.name': 'ema-bot' } })] });
 */
export function otlp(options: OtlpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'otlp' }, otlpPlugin);
}
