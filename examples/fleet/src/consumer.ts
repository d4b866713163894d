// One instance of the inserter: takes batches from the queue, inserts them into ClickHouse, then acknowledges them.
import { type Entry, type LogRecord, systemClock } from '@metaexpert/logger-core';
import { clickhousePlugin } from '@metaexpert/logger-transports-remote';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { setTimeout as pause } from 'node:timers/promises';
import { CONSUMER, connectQueue, STREAM } from './queue';
import { type ConsumerSettings } from './settings';

const INSERT_TIMEOUT_MS = 10_000;
const PAUSE_MS = 200;

const { queue, clickhouse } = JSON.parse(process.argv[2] ?? '{}') as ConsumerSettings;
// The transport alone: the queue, not this process, keeps what could not be inserted yet.
const store = clickhousePlugin.create({ url: clickhouse, table: 'fleet_logs', createTable: true } as never, {
  name: 'clickhouse',
  clock: systemClock,
  diagnostics: { report: (_kind, error) => console.error(error.message) },
  transport: () => {
    throw new Error('it is no group');
  },
});

async function consume(): Promise<void> {
  const connection = await connectQueue(queue);
  const source = await jetstream(connection).consumers.get(STREAM, CONSUMER);
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.send?.('ready');
  while (!stop.signal.aborted) {
    try {
      const messages: JsMsg[] = [];
      for await (const message of await source.fetch({ max_messages: 2000, expires: 1000 })) messages.push(message);
      if (messages.length > 0) await insert(messages);
    } catch (error) {
      // The queue is away: the connection comes back by itself, and what was fetched is given out again.
      console.error(String(error));
      await pause(PAUSE_MS);
    }
  }
  await connection.close();
  process.disconnect();
}

/** Acknowledges what is inserted, and nothing else: who ends in between inserts twice, and ClickHouse merges the two. */
async function insert(messages: readonly JsMsg[]): Promise<void> {
  const result = await store.write(messages.map(entryOf), AbortSignal.timeout(INSERT_TIMEOUT_MS));
  const inserted = (index: number): boolean =>
    result.status === 'delivered' || (result.status === 'partial' && result.delivered.includes(index));
  for (const [index, message] of messages.entries()) {
    if (inserted(index)) message.ack();
    else message.nak(PAUSE_MS);
  }
  if (result.status === 'delivered') return;
  console.error(String(result.error));
  await pause(PAUSE_MS);
}

function entryOf(message: JsMsg): Entry {
  const payload = message.string();
  const record = JSON.parse(payload) as LogRecord;
  return { payload, record: { ...record, time: Date.parse(record.timestamp) } };
}

void consume();
