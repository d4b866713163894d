import { type Diagnostics, type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { AlertEngine, type AlertMessage } from './alert-engine';
import { type AlertsOptions } from './alerts-options';
import { ChannelSender } from './channel-sender';
import { createChannel } from './create-channel';
import { SendPolicy } from './send-policy';

const TICK_MS = 1000;

/** Takes every batch at once: what is told to whom is decided here, and sent at the pace of the channels. */
export class AlertTransport implements Transport {
  readonly #engine: AlertEngine;
  readonly #senders = new Map<string, ChannelSender>();
  readonly #diagnostics: Diagnostics;
  readonly #timer: NodeJS.Timeout;

  constructor({ channels, rules, quietHours }: AlertsOptions, diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    this.#engine = new AlertEngine({ rules, quietHours, startedMs: Date.now() });
    for (const [name, options] of Object.entries(channels)) {
      const sender = new ChannelSender({
        channel: createChannel(options),
        policy: new SendPolicy(options),
        failed: (error) => this.#report('temporary', name, error),
        gaveUp: (message, error) => this.#gaveUp(name, message, error),
      });
      this.#senders.set(name, sender);
    }
    this.#timer = setInterval(() => this.#tell(this.#engine.tick(Date.now())), TICK_MS).unref();
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    const nowMs = Date.now();
    for (const { record } of batch) this.#tell(this.#engine.take(record, nowMs));
    return { status: 'delivered' };
  }

  async close(signal: AbortSignal): Promise<void> {
    clearInterval(this.#timer);
    const { untold } = this.#engine;
    if (untold > 0) {
      const message = `the logger was closed in quiet hours: ${untold} problem(s) will not be told`;
      this.#diagnostics.report('permanent', new RemoteError('MXL_ALERT_CHANNEL', message));
    }
    await Promise.all([...this.#senders.values()].map((sender) => sender.close(signal)));
  }

  #tell(messages: readonly AlertMessage[]): void {
    for (const message of messages) this.#senders.get(message.channel)?.add(message);
  }

  #gaveUp(channel: string, message: AlertMessage, error: Error): void {
    this.#report('permanent', channel, error);
    const others = message.otherwise.filter((name) => name !== channel);
    this.#tell(others.map((name) => ({ ...message, channel: name, otherwise: [] })));
  }

  #report(kind: 'temporary' | 'permanent', channel: string, error: Error): void {
    this.#diagnostics.report(kind, new RemoteError('MXL_ALERT_CHANNEL', `${channel}: ${error.message}`, error));
  }
}
