import { type DestinationOptions, type Entry, type WriteResult, withPlugin } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { type HttpAnswer } from '../http/http-client';
import { HTTP_SCHEMA, HTTP_SCHEMES, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';
import { type ItemVerdict, itemResults } from './item-results';

/** Options of an `elasticsearch` destination. */
export interface ElasticsearchOptions extends HttpCommonOptions {
  /** Index or data stream. @default 'logs-metaexpert-default' */
  index?: string;
  /** An ingest pipeline. */
  pipeline?: string;
}

/** What `type: 'elasticsearch'` in plain configuration means; OpenSearch speaks the same. */
export const elasticsearchPlugin = defineRemote<ElasticsearchOptions>({
  type: 'elasticsearch',
  schemes: HTTP_SCHEMES,
  schema: {
    ...HTTP_SCHEMA,
    index: {
      type: 'string',
      pattern: '^[^A-Z\\\\/*?"<>| ,#_+-][^A-Z\\\\/*?"<>| ,#]*$',
      description: 'an index: lower case, not begun with + - _, no space and none of \\ / * ? " < > | , #',
    },
    pipeline: { type: 'string', minLength: 1 },
  },
  check: ({ auth }) => checkAuth(auth),
  create: (options, parts) => {
    const { index = 'logs-metaexpert-default', pipeline } = options;
    const query = pipeline === undefined ? '' : `?pipeline=${encodeURIComponent(pipeline)}`;
    const path = `${parts.target.path.replace(/\/$/, '')}/_bulk${query}`;
    return httpTransport(options, parts, {
      request: (batch) => ({
        path,
        headers: { 'Content-Type': 'application/x-ndjson' },
        body: batch.map((entry) => encode(entry, index)).join(''),
      }),
      judge: (answer, batch, byStatus) =>
        byStatus.status === 'delivered' ? judgeItems(answer, batch.length, parts.target.where) : byStatus,
    });
  },
});

/** `create` with an id of our own: what comes a second time is a conflict, not a double. */
function encode(entry: Entry, index: string): string {
  const action = JSON.stringify({ create: { _index: index, _id: entry.record.id } });
  return `${action}\n${documentOf(entry)}\n`;
}

/** Data streams demand an `@timestamp`. */
function documentOf({ payload, record }: Entry): string {
  const stamp = `{"@timestamp":${JSON.stringify(record.timestamp)}`;
  if (!payload.startsWith('{"')) return `${stamp},"message":${JSON.stringify(payload)}}`;
  return payload.includes('"@timestamp":') ? payload : `${stamp},${payload.slice(1)}`;
}

interface BulkAnswer {
  errors?: boolean;
  items?: Record<string, { status?: number; error?: { type?: string; reason?: string } }>[];
}

/** 409 means that it is there already; 429 and what the server failed at may go again; the rest never will be taken. */
function judgeItems(answer: HttpAnswer, count: number, where: string): WriteResult {
  let parsed: BulkAnswer;
  try {
    parsed = JSON.parse(answer.body) as BulkAnswer;
  } catch (thrown) {
    return { status: 'retry', error: new RemoteError('MXL_REMOTE_STATUS', `${where} answered no JSON`, thrown) };
  }
  if (parsed.errors === false) return { status: 'delivered' };
  let error: RemoteError | undefined;
  const verdicts = Array.from({ length: count }, (_, index): ItemVerdict => {
    const item = Object.values(parsed.items?.[index] ?? {})[0];
    const status = item?.status ?? 500;
    if (status < 300 || status === 409) return 'delivered';
    error ??= new RemoteError(
      'MXL_REMOTE_REFUSED',
      `${where} answered ${status} for a record: ${item?.error?.type ?? ''} ${item?.error?.reason ?? ''}`.slice(0, 300),
    );
    return status === 429 || status >= 500 ? 'retry' : 'rejected';
  });
  return itemResults(verdicts, error);
}

/**
 * Sends records to Elasticsearch or OpenSearch by the bulk API, each under its own `id`.
 *
 * @example
 * createLogger({ destinations: [elasticsearch({ url: 'https://es.example.com:9200', index: 'logs-bots-prod' })] });
 */
export function elasticsearch(options: ElasticsearchOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'elasticsearch' }, elasticsearchPlugin);
}
