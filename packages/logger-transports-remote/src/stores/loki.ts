import { type ConfigIssue, type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { type Compression } from '../http/compress';
import { HTTP_SCHEMA, HTTP_SCHEMES, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { lokiProtobuf } from './loki-protobuf';
import { type LokiStream, lokiStreams } from './loki-streams';
import { checkEncoding, ENCODING_SCHEMA, type Encoding, PROTOBUF_TYPE } from './protobuf';

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
  /** `protobuf` takes the packages protobufjs and snappyjs; it is compressed by snappy already. @default 'json' */
  encoding?: Encoding;
}

const PUSH = '/loki/api/v1/push';

const texts = { type: 'array', items: { type: 'string', minLength: 1 } };

/** What `type: 'loki'` in plain configuration means. */
export const lokiPlugin = defineRemote<LokiOptions>({
  type: 'loki',
  schemes: HTTP_SCHEMES,
  schema: {
    ...HTTP_SCHEMA,
    labels: {
      type: 'object',
      propertyNames: {
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        description: 'a name: letters, digits and _, and no digit first',
      },
      additionalProperties: { type: 'string' },
    },
    labelKeys: texts,
    metadataKeys: texts,
    tenant: { type: 'string', minLength: 1 },
    encoding: ENCODING_SCHEMA,
  },
  check: ({ auth, encoding, compression }) => [
    ...checkAuth(auth),
    ...checkEncoding('loki', encoding, ['snappyjs']),
    ...onlySnappy(encoding, compression),
  ],
  create: (options, parts) => {
    const { labels = {}, labelKeys = ['logger', 'level'], metadataKeys = ['id'], tenant } = options;
    const { encoding = 'json' } = options;
    const encode = encoding === 'protobuf' ? lokiProtobuf() : encodeJson;
    const type = encoding === 'protobuf' ? PROTOBUF_TYPE : 'application/json';
    const headers = { 'Content-Type': type, ...(tenant !== undefined && { 'X-Scope-OrgID': tenant }) };
    const path = parts.target.path === '/' ? PUSH : parts.target.path;
    return httpTransport(options, parts, {
      request: (batch) => ({ path, headers, body: encode(lokiStreams(batch, { labels, labelKeys, metadataKeys })) }),
      // Of a batch that is refused Loki has kept what it could: neither the whole nor a part is to be sent again.
      judge: (_answer, _batch, byStatus) =>
        byStatus.status === 'rejected' && (byStatus.error as RemoteError).code === 'MXL_REMOTE_STATUS'
          ? { status: 'rejected', error: new RemoteError('MXL_REMOTE_REFUSED', byStatus.error.message) }
          : byStatus,
    });
  },
});

function onlySnappy(encoding: Encoding | undefined, compression: Compression | undefined): ConfigIssue[] {
  if (encoding !== 'protobuf' || compression === undefined || compression === 'none') return [];
  return [{ path: 'compression', message: `is for encoding: 'json'; Loki takes protobuf in snappy alone` }];
}

/** The JSON of Loki's push API: streams by labels, entries as [nanoseconds, line, metadata]. */
function encodeJson(streams: readonly LokiStream[]): string {
  const values = ({ entries }: LokiStream): unknown[] =>
    entries.map(({ time, line, metadata }) => [`${time}000000`, line, metadata]);
  return JSON.stringify({ streams: streams.map((stream) => ({ stream: stream.labels, values: values(stream) })) });
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
