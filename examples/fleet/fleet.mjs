import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { gapCheck } from '@metaexpert/logger-transports-remote';
import { ClickhouseTable } from './clickhouse-table.mjs';
import { readLedger } from './dist/ledger.js';
import { connectQueue, CONSUMER, createStream, STREAM } from './dist/queue.js';
import { FleetProcess } from './fleet-process.mjs';
import { jetstreamManager } from '@nats-io/jetstream';

const SETTLE_MS = 90_000;

/** The processes of the fleet, and what is known of the records that they accepted. */
export class Fleet {
  bots = [];
  consumers = [];
  table;
  servers;
  #groups;
  #folder;
  #starts = [];
  #connection;

  constructor({ folder, servers, bots, botsPerProcess }) {
    this.servers = servers;
    this.#folder = folder;
    this.table = new ClickhouseTable(`http://127.0.0.1:${servers.clickhouse.facts.http}/`);
    const names = Array.from({ length: bots }, (_, index) => `bot-${String(index + 1).padStart(4, '0')}`);
    this.#groups = Array.from({ length: Math.ceil(bots / botsPerProcess) }, (_, index) =>
      names.slice(index * botsPerProcess, (index + 1) * botsPerProcess),
    );
  }

  async start({ perSecond, consumers = 3, spool = true }) {
    this.perSecond = perSecond;
    this.spool = spool;
    this.#connection = await connectQueue(this.servers.nats.facts);
    await createStream(this.#connection);
    for (let index = 0; index < consumers; index += 1) await this.startConsumer(index);
    await Promise.all(this.#groups.map((_, index) => this.startBots(index)));
  }

  async startConsumer(index) {
    const clickhouse = `http://127.0.0.1:${this.servers.clickhouse.facts.http}/`;
    this.consumers[index] = await FleetProcess.start('consumer', { queue: this.servers.nats.facts, clickhouse });
  }

  /** @param perSecond - 0: only what an earlier start left in the spool is sent */
  async startBots(index, perSecond = this.perSecond) {
    const start = (this.#starts[index] ?? 0) + 1;
    this.#starts[index] = start;
    this.bots[index] = await FleetProcess.start('bot', {
      queue: this.servers.nats.facts,
      bots: this.#groups[index],
      start,
      perSecond,
      ledger: this.#ledgerOf(index),
      ...(this.spool && { spoolDir: join(this.#folder, `spool-${index}`) }),
    });
  }

  /** Ends the bots as an operator does; what they could not send is sent by another start. */
  async stopBots() {
    const stopped = this.bots.splice(0);
    await Promise.all(stopped.map((bot) => bot.stop()));
    for (const index of stopped.keys()) {
      while (readLedger(this.#ledgerOf(index)).findLast(({ pending }) => pending !== undefined)?.pending > 0) {
        await this.startBots(index, 0);
        await this.bots.splice(index, 1)[0].stop();
      }
    }
  }

  /** Bots that have been started, those that came after one that was killed included. */
  get starts() {
    return this.#starts.reduce((sum, count, index) => sum + count * this.#groups[index].length, 0);
  }

  /** Waits until the queue has nothing left that is not inserted. */
  async drained() {
    const manager = await jetstreamManager(this.#connection);
    for (const end = performance.now() + SETTLE_MS; performance.now() < end; await pause(100)) {
      const { num_pending, num_ack_pending } = await manager.consumers.info(STREAM, CONSUMER).catch(() => ({}));
      if (num_pending === 0 && num_ack_pending === 0) return;
    }
    throw new Error('the queue did not empty');
  }

  async stored() {
    const { state } = await (await jetstreamManager(this.#connection)).streams.info(STREAM);
    return { messages: state.messages, bytes: state.bytes };
  }

  /** What ClickHouse has, held against what the bots' ledgers say. */
  async check() {
    const rows = await this.table.rows();
    const runs = new Map();
    const problems = [];
    for (const { id, seq, bot, start, n } of rows) {
      if (Number(seq) === 0) continue;
      runs.set(`${bot}/${start}`, id.slice(0, id.lastIndexOf('-')));
      if (Number(seq) !== Number(n)) problems.push(`${id} is record ${n} of its bot`);
    }
    const accepted = {};
    for (const { bot, start, n } of this.#groups.flatMap((_, index) => readLedger(this.#ledgerOf(index)))) {
      const run = runs.get(`${bot}/${start}`) ?? `${bot}/${start}`;
      if (n > 0) accepted[run] = Math.max(accepted[run] ?? 0, n);
    }
    const report = gapCheck(rows, { accepted });
    const known = Object.values(accepted).reduce((sum, n) => sum + n, 0);
    for (const { run, gaps } of report.runs.filter(({ missing }) => missing > 0)) {
      problems.push(`${run} lacks ${gaps.map(({ from, to }) => `${from}-${to}`).join(', ')}`);
    }
    if (report.duplicates > 0) problems.push(`${report.duplicates} rows are there twice`);
    return { report, known, problems };
  }

  async killAll() {
    await this.#connection?.close();
    for (const one of [...this.bots, ...this.consumers]) await one?.kill();
  }

  #ledgerOf(index) {
    return join(this.#folder, `ledger-${index}.jsonl`);
  }
}
