import { type DestinationOptions, type Entry, withPlugin } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { HTTP_SCHEMA, HTTP_SCHEMES, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { fieldText } from '../http/field-text';

/** Options of a `loki` destination. */
export interface LokiOptions extends HttpCommonOptions {
  /** Labels of every stream. */
  labels?: Record<string, string>;
  /** Keys of the record that become labels; few values each, for every combination is a stream. @default ['logger', 'level'] */
  labelKeys?: string[];
  /** Keys of the record that become structured metadata. @default ['id'] */
  metadataKeys?: string[];
  /** `X-Scope-OrgID` of a Loki with several tenants. */
  tenant?: string;
}

const PUSH = '/loki/api/v1/push';

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

/** What `type: 'loki'` in plain configuration means. */
export const lokiPlugin = defineRemote<LokiOptions>({
  type: 'loki',
  schemes: HTTP_SCHEMES,
  schema: {
    ...HTTP_SCHEMA,
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    labelKeys: texts,
    metadataKeys: texts,
    tenant: { type: 'string', minLength: 1 },
  },
  check: ({ auth }) => checkAuth(auth),
  create: (options, parts) => {
    const { labels = {}, labelKeys = ['logger', 'level'], metadataKeys = ['id'], tenant } = options;
    const headers = { 'Content-Type': 'application/json', ...(tenant !== undefined && { 'X-Scope-OrgID': tenant }) };
    const path = parts.target.path === '/' ? PUSH : parts.target.path;
    return httpTransport(options, parts, {
      request: (batch) => ({ path, headers, body: encode(batch, labels, labelKeys, metadataKeys) }),
      // Of a batch that is refused Loki has kept what it could: neither the whole nor a part is to be sent again.
      judge: (_answer, _batch, byStatus) =>
        byStatus.status === 'rejected' && (byStatus.error as RemoteError).code === 'MXL_REMOTE_STATUS'
          ? { status: 'rejected', error: new RemoteError('MXL_REMOTE_REFUSED', byStatus.error.message) }
          : byStatus,
    });
  },
});

/** The JSON of Loki's push API: streams by labels, entries as [nanoseconds, line, metadata]. */
function encode(
  batch: readonly Entry[],
  labels: Readonly<Record<string, string>>,
  labelKeys: readonly string[],
  metadataKeys: readonly string[],
): string {
  const streams = new Map<string, { stream: Record<string, string>; values: unknown[] }>();
  for (const { payload, record } of batch) {
    const stream = { ...labels, ...pick(record, labelKeys) };
    const key = JSON.stringify(stream);
    let found = streams.get(key);
    if (found === undefined) streams.set(key, (found = { stream, values: [] }));
    found.values.push([`${record.time}000000`, payload, pick(record, metadataKeys)]);
  }
  return JSON.stringify({ streams: [...streams.values()] });
}

function pick(record: Entry['record'], keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = fieldText(record, key);
      return text === undefined ? [] : [[key.replace(/[^A-Za-z0-9_]/g, '_'), text]];
    }),
  );
}

/**
 * Pushes records to Grafana Loki.
 *
 * @example
 * createLogger({ destinations: [loki({ url: 'https://loki.example.com', labels: { site: 'fra1' } })] });
 */
export function loki(options: LokiOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'loki' }, lokiPlugin);
}
