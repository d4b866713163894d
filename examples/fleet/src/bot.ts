// A process with bots in it, which log as bots do, until SIGTERM.
import { createLogger, type DestinationOptions, type Logger } from '@metaexpert/logger-core';
import { nats } from '@metaexpert/logger-transports-remote';
import { join } from 'node:path';
import { writeLedger } from './ledger';
import { type BotSettings } from './settings';

const TICK_MS = 20;
/** Every so many records one is an order, whose record the bot waits for: `audit`. */
const AUDIT_EVERY = 50;

const { queue, bots, start, perSecond, spoolDir, ledger } = JSON.parse(process.argv[2] ?? '{}') as BotSettings;
const tls = { ca: queue.tls.ca, cert: queue.tls.clientCert, key: queue.tls.clientKey };

function destination(bot: string): DestinationOptions {
  return nats({
    url: `nats+tls://localhost:${queue.port}`,
    subject: `logs.${bot}`,
    token: queue.token,
    tls,
    delivery: 'audit',
    retry: { minDelayMs: 50, maxDelayMs: 500 },
    // A short queue: what an outage holds up is on the disk soon, and there when the bot is killed before it is over.
    ...(spoolDir !== undefined && { queue: { maxRecords: 128 }, spool: { dir: join(spoolDir, bot) } }),
  });
}

class Bot {
  readonly #name: string;
  readonly #log: Logger;
  #n = 0;
  #due = 0;

  constructor(name: string) {
    this.#name = name;
    this.#log = createLogger({
      name,
      sources: false,
      fields: { start },
      exitHooks: false,
      destinations: [destination(name)],
    });
    // The queue being away is what this example is about; the counters say it.
    this.#log.on('failure', () => undefined);
  }

  tick(): void {
    for (this.#due += (perSecond * TICK_MS) / 1000; this.#due >= 1; this.#due -= 1) this.#logOne();
  }

  async close(): Promise<void> {
    const { destinations } = await this.#log.close({ timeoutMs: 10_000 });
    const pending = destinations.reduce((sum, one) => sum + one.pending, 0);
    writeLedger(ledger, { bot: this.#name, start, n: this.#n, pending });
  }

  #logOne(): void {
    const n = (this.#n += 1);
    const fields = { n, symbol: 'BTCUSDT', price: '64123.5', quantity: '0.015', position: n % 7 };
    if (n % AUDIT_EVERY !== 0) this.#log.info('candle closed', fields);
    else this.#log.audit('order filled', fields).then(() => this.#acknowledged(n), () => undefined); // prettier-ignore
  }

  /** Records arrive in order: with this one all before it are there. */
  #acknowledged(n: number): void {
    writeLedger(ledger, { bot: this.#name, start, n });
  }
}

const all = bots.map((name) => new Bot(name));
const timer = setInterval(() => {
  for (const bot of all) bot.tick();
}, TICK_MS);

process.once('SIGTERM', () => {
  clearInterval(timer);
  void Promise.all(all.map((bot) => bot.close())).then(() => process.disconnect());
});
process.send?.('ready');
