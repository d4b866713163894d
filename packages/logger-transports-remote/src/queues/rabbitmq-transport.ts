import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { connectionError } from '../net/connection-error';
import { type Target } from '../net/target';
import { type ItemVerdict, itemResults } from '../stores/item-results';

/** What is used of amqplib. */
export interface AmqpLibrary {
  connect(url: string, socketOptions: object): Promise<AmqpConnection>;
}

interface AmqpConnection {
  readonly connection: { readonly stream: { destroy(error: Error): void } };
  createConfirmChannel(): Promise<AmqpChannel>;
  close(): Promise<void>;
  on(event: 'error' | 'close', listener: (error?: Error) => void): unknown;
}

interface AmqpChannel {
  publish(
    exchange: string,
    key: string,
    content: Buffer,
    options: object,
    confirmed: (error: unknown) => void,
  ): boolean;
  on(event: 'error' | 'close', listener: (error?: Error) => void): unknown;
  on(event: 'return', listener: (message: { properties: { messageId?: unknown } }) => void): unknown;
}

/** An attempt that takes longer is over. */
const OPENING_MS = 10_000;

export interface RabbitmqTransportOptions {
  readonly library: AmqpLibrary;
  readonly url: string;
  readonly target: Target;
  readonly socketOptions: () => Promise<object>;
  readonly exchange: string;
  readonly routingKey: string;
}

interface Session {
  readonly connection: AmqpConnection;
  readonly channel: AmqpChannel;
  /** Messages that no queue took, until they are confirmed. */
  readonly returned: Set<string>;
}

/** Publishes records with confirms: delivered means that a queue has the message, on its disk when the queue is durable. */
export class RabbitmqTransport implements Transport {
  readonly #options: RabbitmqTransportOptions;
  #session: Session | undefined;
  /** There is one attempt to connect at a time, however many writes have given up on it. */
  #opening: Promise<Session> | undefined;
  /** Ends that attempt. */
  #late: AbortController | undefined;
  #closed = false;

  constructor(options: RabbitmqTransportOptions) {
    this.#options = options;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { where } = this.#options.target;
    try {
      const session = this.#session ?? (await Promise.race([this.#start(), aborted(signal)]));
      const answers = await Promise.race([
        Promise.all(batch.map((entry) => this.#publish(session, entry))),
        aborted(signal),
      ]);
      let error: Error | undefined;
      const verdicts = answers.map((answer): ItemVerdict => {
        if (answer === undefined) return 'delivered';
        error ??= answer;
        return 'retry';
      });
      return itemResults(verdicts, error);
    } catch (thrown) {
      this.#forget();
      return { status: 'retry', error: connectionError(where, thrown) };
    }
  }

  async close(signal: AbortSignal): Promise<void> {
    this.#closed = true;
    const session = this.#session;
    this.#session = undefined;
    this.#late?.abort();
    if (session === undefined) return;
    // A connection that has gone already has nothing left to close; one whose server is silent is not waited for.
    await Promise.race([session.connection.close(), aborted(signal)]).catch(() => cut(session.connection));
  }

  /** Why it was not stored, if so. */
  #publish({ returned, channel }: Session, { payload, record }: Entry): Promise<Error | undefined> {
    const { exchange, routingKey, target } = this.#options;
    const message = {
      persistent: true,
      mandatory: true,
      messageId: record.id,
      contentType: 'application/json',
      timestamp: Math.floor(record.time / 1000),
    };
    return new Promise((resolve) => {
      channel.publish(exchange, routingKey, Buffer.from(payload), message, (error) => {
        const unroutable = returned.delete(record.id);
        if (error) resolve(connectionError(target.where, error));
        else if (!unroutable) resolve(undefined);
        else
          resolve(
            new RemoteError('MXL_REMOTE_STATUS', `${target.where}: no queue takes '${routingKey}' of '${exchange}'`),
          );
      });
    });
  }

  async #start(): Promise<Session> {
    this.#opening ??= this.#open();
    try {
      this.#session = await this.#opening;
    } finally {
      this.#opening = undefined;
    }
    const session = this.#session;
    if (this.#closed) this.#forget();
    return session;
  }

  async #open(): Promise<Session> {
    const { library, url, socketOptions } = this.#options;
    // Not amqplib's own timeout, which a server that sends a byte now and then never reaches.
    const late = (this.#late = new AbortController());
    const timer = setTimeout(() => late.abort(), OPENING_MS).unref();
    const opening = library.connect(url, { ...(await socketOptions()), signal: late.signal });
    const connection = await opening.finally(() => {
      clearTimeout(timer);
      // The signal stays with the socket: it is for the attempt alone.
      this.#late = undefined;
    });
    const lost = (): void => {
      if (this.#session?.connection === connection) this.#session = undefined;
    };
    connection.on('error', lost);
    connection.on('close', lost);
    try {
      const channel = await Promise.race([connection.createConfirmChannel(), aborted(AbortSignal.timeout(OPENING_MS))]);
      const returned = new Set<string>();
      channel.on('error', () => this.#forget());
      channel.on('return', ({ properties }) => void returned.add(String(properties.messageId)));
      return { connection, channel, returned };
    } catch (thrown) {
      cut(connection);
      throw thrown;
    }
  }

  /** What is wrong with it nobody can tell: it is not asked to close, which a silent server would never answer. */
  #forget(): void {
    const session = this.#session;
    this.#session = undefined;
    if (session !== undefined) cut(session.connection);
  }
}

function cut({ connection }: AmqpConnection): void {
  connection.stream.destroy(new Error('given up'));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('no answer in time'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
