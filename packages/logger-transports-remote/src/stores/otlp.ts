import { type DestinationOptions, type Entry, type WriteResult, withPlugin } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { type HttpAnswer } from '../http/http-client';
import { HTTP_SCHEMA, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { attributes, otlpRecord } from './otlp-record';

/** Options of an `otlp` destination. */
export interface OtlpOptions extends HttpCommonOptions {
  /** Attributes of the resource; `service.name` is the logger's name unless it is given here. */
  resource?: Record<string, string>;
}

/** All that a client may send again: OTLP specification, "OTLP/HTTP response", table of retryable status codes. */
const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** What `type: 'otlp'` in plain configuration means. */
export const otlpPlugin = defineRemote<OtlpOptions>({
  type: 'otlp',
  schemes: { http: { wire: 'tcp', port: 4318 }, https: { wire: 'tls', port: 4318 } },
  schema: { ...HTTP_SCHEMA, resource: { type: 'object', additionalProperties: { type: 'string' } } },
  check: ({ auth }) => checkAuth(auth),
  create: (options, parts) => {
    const path = parts.target.path === '/' ? '/v1/logs' : parts.target.path;
    return httpTransport(options, parts, {
      request: (batch) => ({
        path,
        headers: { 'Content-Type': 'application/json' },
        body: encode(batch, options.resource ?? {}),
      }),
      judge: (answer, batch, byStatus) => judge(answer, batch.length, byStatus, parts.target.where),
    });
  },
});

function encode(batch: readonly Entry[], resource: Readonly<Record<string, string>>): string {
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
      scopeLogs: [{ scope: { name: '@metaexpert/logger' }, logRecords: entries.map(otlpRecord) }],
    };
  });
  return JSON.stringify({ resourceLogs });
}

function judge(answer: HttpAnswer, count: number, byStatus: WriteResult, where: string): WriteResult {
  if (byStatus.status === 'delivered') return judgePartial(answer.body, count, where);
  if (byStatus.status === 'retry' && !RETRYABLE.has(answer.status)) {
    return { status: 'rejected', error: byStatus.error ?? new RemoteError('MXL_REMOTE_STATUS', where) };
  }
  return byStatus;
}

/** A partial success says how many were refused, never which: they are counted, and nothing is sent again. */
function judgePartial(body: string, count: number, where: string): WriteResult {
  const rejected = Math.min(count, rejectedRecords(body));
  if (rejected === 0) return { status: 'delivered' };
  const words = /"errorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? '';
  const error = new RemoteError(
    'MXL_REMOTE_REFUSED',
    `${where} refused ${rejected} of ${count} records without saying which: ${words.slice(0, 200)}`,
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

function rejectedRecords(body: string): number {
  try {
    const { partialSuccess } = JSON.parse(body) as { partialSuccess?: { rejectedLogRecords?: string | number } };
    return Number(partialSuccess?.rejectedLogRecords ?? 0) || 0;
  } catch {
    return 0; // an empty answer is a full success
  }
}

/**
 * Sends records to an OpenTelemetry collector, by OTLP over HTTP in its JSON encoding.
 *
 * @example
 * createLogger({ destinations: [otlp({ url: 'https://otel.example.com:4318', resource: { 'service.name': 'ema-bot' } })] });
 */
export function otlp(options: OtlpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'otlp' }, otlpPlugin);
}
