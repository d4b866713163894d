import { type DestinationOptions, type Entry, type WriteResult, withPlugin } from '@metaexpert/logger-core';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RemoteError } from '../errors';
import { checkAuth } from '../http/auth';
import { jsonOf } from '../http/encode-batch';
import { type HttpAnswer, type HttpRequest } from '../http/http-client';
import { HTTP_SCHEMA, type HttpCommonOptions, httpTransport } from '../http/http-options';
import { defineRemote } from '../plugin/define-remote';

/** Options of a `splunk` destination. `auth: { bearer }` is the collector's token. */
export interface SplunkOptions extends HttpCommonOptions {
  index?: string;
  source?: string;
  /** @default '_json' */
  sourcetype?: string;
  /** Whether delivered means indexed: the collector must have "indexer acknowledgement" on. @default false */
  acknowledge?: boolean;
}

const COLLECTOR = '/services/collector';

const POLL_MS = { first: 100, last: 2000 };

const text = { type: 'string', minLength: 1 };

/** What `type: 'splunk'` in plain configuration means. */
export const splunkPlugin = defineRemote<SplunkOptions>({
  type: 'splunk',
  schemes: { http: { wire: 'tcp', port: 8088 }, https: { wire: 'tls', port: 8088 } },
  schema: { ...HTTP_SCHEMA, index: text, source: text, sourcetype: text, acknowledge: { type: 'boolean' } },
  // Indexing takes seconds, and its acknowledgement comes in steps.
  defaults: { timeoutMs: 30_000 },
  check: ({ auth }) => checkAuth(auth),
  create: (options, parts) => {
    const { acknowledge = false } = options;
    const channel = randomUUID();
    const headers = { 'Content-Type': 'application/json', 'X-Splunk-Request-Channel': channel };
    const base = parts.target.path === '/' ? COLLECTOR : parts.target.path.replace(/\/$/, '');
    const dialect = {
      request: (batch: readonly Entry[]): HttpRequest => ({
        path: `${base}/event`,
        headers,
        body: batch.map((entry) => encode(entry, options)).join('\n'),
      }),
      judge: (
        answer: HttpAnswer,
        _batch: readonly Entry[],
        byStatus: WriteResult,
        ask: (request: HttpRequest) => Promise<HttpAnswer>,
        signal: AbortSignal,
      ): WriteResult | Promise<WriteResult> =>
        acknowledge && byStatus.status === 'delivered'
          ? awaitIndexed(answer, (body) => ask({ path: `${base}/ack?channel=${channel}`, headers, body }), signal)
          : byStatus,
    };
    return httpTransport(options, parts, dialect, 'Splunk');
  },
});

function encode(entry: Entry, { index, source, sourcetype = '_json' }: SplunkOptions): string {
  const { record, payload } = entry;
  // The formatter may have made the whole envelope.
  if (payload.startsWith('{') && /[{,]"event":/.test(payload)) return payload;
  const { host, logger, level, id } = record;
  const envelope = {
    time: record.time / 1000,
    host,
    source: source ?? logger,
    sourcetype,
    index,
    fields: { id, level },
  };
  return `${JSON.stringify(envelope).slice(0, -1)},"event":${jsonOf(entry)}}`;
}

/** Asks until the indexer has it (HEC "indexer acknowledgement"); when the time is over it goes again, under the same ids. */
async function awaitIndexed(
  answer: HttpAnswer,
  ask: (body: string) => Promise<HttpAnswer>,
  signal: AbortSignal,
): Promise<WriteResult> {
  const { ackId } = parse(answer.body) as { ackId?: number };
  if (ackId === undefined) {
    return {
      status: 'retry',
      error: new RemoteError('MXL_REMOTE_STATUS', 'the collector gives no ackId: is acknowledgement on?'),
    };
  }
  for (let waitMs = POLL_MS.first; !signal.aborted; waitMs = Math.min(waitMs * 2, POLL_MS.last)) {
    const { acks } = parse((await ask(JSON.stringify({ acks: [ackId] }))).body) as { acks?: Record<string, boolean> };
    if (acks?.[String(ackId)] === true) return { status: 'delivered' };
    await pause(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
  return { status: 'retry', error: new RemoteError('MXL_REMOTE_STATUS', 'the indexer has not acknowledged in time') };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {}; // an answer without what is looked for
  }
}

/**
 * Sends records to Splunk's HTTP Event Collector.
 *
 * @example
 * createLogger({ destinations: [splunk({ url: 'https://splunk.example.com:8088', auth: { bearer: token } })] });
 */
export function splunk(options: SplunkOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'splunk' }, splunkPlugin);
}
