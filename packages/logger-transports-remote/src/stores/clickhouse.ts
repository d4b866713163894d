import { type DestinationOptions, type Entry, type WriteResult, withPlugin } from '@metaexpert/logger-core';
import { createHash } from 'node:crypto';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { jsonOf } from '../http/encode-batch';
import { type HttpAnswer, type HttpRequest } from '../http/http-client';
import { HTTP_SCHEMA, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';

/** Options of a `clickhouse` destination. */
export interface ClickhouseOptions extends HttpCommonOptions {
  /** @default 'default' */
  database?: string;
  /** @default 'logs' */
  table?: string;
  /** Whether the table is made when it is missing. @default false */
  createTable?: boolean;
  /**
   * `columns`: id, seq, time, date, timestamp, level, logger, category, message and the whole payload as `record`, as
   * `createTable` has them; `payload`: the formatter's JSON object is the row, for a table of your own. @default 'columns'
   */
  rows?: 'columns' | 'payload';
  /** Whether a batch sent twice is known by a token (ClickHouse 22 or later). @default false */
  dedupeToken?: boolean;
}

/** Errors in the data itself, which come as HTTP 500 all the same: ClickHouse's ErrorCodes.cpp. */
const DATA_ERRORS: ReadonlySet<number> = new Set([
  6, 16, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 130, 131, 321, 349, 441,
]);

const NO_TABLE = 60;

const name = {
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
  description: 'a name: letters, digits and _, and no digit first',
};

/** What `type: 'clickhouse'` in plain configuration means. */
export const clickhousePlugin = defineRemote<ClickhouseOptions>({
  type: 'clickhouse',
  schemes: { http: { wire: 'tcp', port: 8123 }, https: { wire: 'tls', port: 8443 } },
  schema: {
    ...HTTP_SCHEMA,
    database: name,
    table: name,
    createTable: { type: 'boolean' },
    rows: { enum: ['columns', 'payload'] },
    dedupeToken: { type: 'boolean' },
  },
  // ClickHouse wants few large inserts.
  defaults: { batch: { maxRecords: 5000, maxBytes: 4_194_304, maxDelayMs: 1000 } },
  check: ({ auth, createTable, rows }) => [
    ...checkAuth(auth),
    ...(createTable === true && rows === 'payload'
      ? [{ path: 'createTable', message: `makes the table of rows: 'columns', not of rows of your own` }]
      : []),
  ],
  create: (options, parts) => {
    const {
      database = 'default',
      table = 'logs',
      createTable = false,
      rows = 'columns',
      dedupeToken = false,
    } = options;
    const target = `${database}.${table}`;
    const insert = (batch: readonly Entry[]): HttpRequest => ({
      path: query(parts.target.path, {
        query: `INSERT INTO ${target} FORMAT JSONEachRow`,
        date_time_input_format: 'best_effort',
        ...(dedupeToken && { insert_deduplication_token: tokenOf(batch) }),
      }),
      body: batch.map((entry) => `${rows === 'payload' ? jsonOf(entry) : rowOf(entry)}\n`).join(''),
    });
    const create = { path: query(parts.target.path, {}), body: tableOf(target) };
    return httpTransport(options, parts, {
      request: insert,
      judge: async (answer, batch, byStatus, ask) => {
        const code = errorCode(answer);
        if (code === NO_TABLE && createTable) {
          await ask(create);
          const again = await ask(insert(batch));
          if (again.status === 200) return { status: 'delivered' };
        }
        return judgeCode(code, byStatus);
      },
    });
  },
});

function judgeCode(code: number | undefined, byStatus: WriteResult): WriteResult {
  if (code === undefined || byStatus.status === 'delivered' || byStatus.status === 'partial') return byStatus;
  const message = byStatus.error?.message ?? '';
  if (DATA_ERRORS.has(code)) return { status: 'rejected', error: new RemoteError('MXL_REMOTE_STATUS', message) };
  // A table, a right or memory is missing: nothing that another record would change.
  return { status: 'retry', error: new RemoteError('MXL_REMOTE_STATUS', message) };
}

function errorCode({ status, headers, body }: HttpAnswer): number | undefined {
  if (status === 200) return undefined;
  const code = headers['x-clickhouse-exception-code'] ?? /^Code: (\d+)/.exec(body)?.[1];
  return code === undefined ? undefined : Number(code);
}

function rowOf({ payload, record }: Entry): string {
  const { id, seq = 0, time, timestamp, level, logger, category, message } = record;
  const date = timestamp.slice(0, 10);
  return JSON.stringify({ id, seq, time, date, timestamp, level, logger, category, message, record: payload });
}

/** Rows with the same id become one when ClickHouse merges, and at once in `SELECT … FINAL`. */
function tableOf(table: string): string {
  return (
    `CREATE TABLE IF NOT EXISTS ${table} (id String, seq UInt64, time UInt64, date Date, timestamp String, level String, ` +
    `logger String, category String, message String, record String) ` +
    `ENGINE = ReplacingMergeTree() PARTITION BY toYYYYMM(date) ORDER BY (date, logger, id)`
  );
}

function query(path: string, more: Readonly<Record<string, string>>): string {
  const url = new URL(path, 'http://x');
  for (const [key, value] of Object.entries(more)) url.searchParams.set(key, value);
  return url.pathname + url.search;
}

function tokenOf(batch: readonly Entry[]): string {
  return createHash('sha256')
    .update(batch.map(({ record }) => record.id).join('\n'))
    .digest('base64url');
}

/**
 * Inserts records into ClickHouse over HTTP.
 *
 * @example
 * createLogger({ destinations: [clickhouse({ url: 'https://ch.example.com:8443', table: 'bot_logs', createTable: true })] });
 */
export function clickhouse(options: ClickhouseOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'clickhouse' }, clickhousePlugin);
}
