import { type AlertMessage } from './alert-engine';
import { maskText } from './alert-text';
import { type Channel, type Sent } from './channel';
import { type SendPolicy } from './send-policy';

/** A channel that cannot be told so often in a row has its messages told elsewhere. */
const GIVE_UP_FAILURES = 5;
const MAX_WAITING = 100;
const TIMEOUT_MS = 10_000;

export interface ChannelSenderParts {
  readonly channel: Channel;
  readonly policy: SendPolicy;
  /** A message will not be delivered here. */
  readonly gaveUp: (message: AlertMessage, error: Error) => void;
  readonly failed: (error: Error) => void;
}

/** One channel with its messages, one after another, at the pace that it bears. */
export class ChannelSender {
  readonly #parts: ChannelSenderParts;
  readonly #closing = new AbortController();
  #waiting: AlertMessage[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending = false;
  #idle: (() => void)[] = [];

  constructor(parts: ChannelSenderParts) {
    this.#parts = parts;
  }

  add(message: AlertMessage): void {
    // A newer word on a problem takes the place of one that has not gone out yet, but for its beginning and its end.
    const same = this.#waiting.findIndex(({ key, kind }) => key === message.key && kind === message.kind);
    if (same >= (this.#sending ? 1 : 0)) this.#waiting[same] = message;
    else this.#waiting.push(message);
    if (this.#waiting.length > MAX_WAITING) {
      const [oldest] = this.#waiting.splice(this.#sending ? 1 : 0, 1);
      if (oldest !== undefined) this.#parts.gaveUp(oldest, new Error('too many messages wait for this channel'));
    }
    this.#next();
  }

  /** Resolves when all has been told, or the signal aborts. */
  async close(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
      this.#next();
    });
    clearTimeout(this.#timer);
    this.#closing.abort();
    this.#parts.channel.close?.();
    for (const message of this.#waiting.splice(0)) this.#parts.gaveUp(message, new Error('the logger was closed'));
  }

  #next(): void {
    if (this.#sending || this.#timer !== undefined) return;
    const [message] = this.#waiting;
    if (message === undefined) {
      for (const resolve of this.#idle.splice(0)) resolve();
      return;
    }
    const waitMs = this.#parts.policy.waitMs(performance.now());
    if (waitMs > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#next();
      }, waitMs).unref();
      return;
    }
    this.#sending = true;
    void this.#send(message).then((sent) => {
      this.#sending = false;
      this.#settle(message, sent);
      this.#next();
    });
  }

  async #send(message: AlertMessage): Promise<Sent> {
    const { channel, policy } = this.#parts;
    policy.tries(performance.now());
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      return await channel.send(maskText(message.text, channel.secrets), message, signal);
    } catch (thrown) {
      return { status: 'refused', error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
    }
  }

  #settle(message: AlertMessage, sent: Sent): void {
    const { channel, policy, failed, gaveUp } = this.#parts;
    const remove = (): void => {
      this.#waiting = this.#waiting.filter((one) => one !== message);
    };
    if (sent.status === 'sent') {
      policy.succeeded();
      remove();
      return;
    }
    const error = new Error(maskText(sent.error.message, channel.secrets));
    if (sent.status === 'later') policy.failed(performance.now(), sent.afterMs, Math.random());
    if (sent.status === 'later' && policy.failures % GIVE_UP_FAILURES !== 0) {
      failed(error);
      return;
    }
    remove();
    gaveUp(message, error);
  }
}
