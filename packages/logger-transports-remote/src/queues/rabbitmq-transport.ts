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

  constructor(options: RabbitmqTransportOptions) {
    this.#options = options;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { where } = this.#options.target;
    try {
      const session = (this.#session ??= await this.#open(signal));
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

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // A connection that has gone already has nothing left to close.
    await session?.connection.close().catch(() => undefined);
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

  async #open(signal: AbortSignal): Promise<Session> {
    const { library, url, socketOptions } = this.#options;
    const opening = library.connect(url, await socketOptions());
    const connection = await Promise.race([opening, aborted(signal)]).catch((thrown: unknown) => {
      // It may still come about when nobody waits for it any more.
      opening.then((late) => late.close()).catch(() => undefined);
      throw thrown;
    });
    const lost = (): void => {
      if (this.#session?.connection === connection) this.#session = undefined;
    };
    connection.on('error', lost);
    connection.on('close', lost);
    const channel = await Promise.race([connection.createConfirmChannel(), aborted(signal)]);
    const returned = new Set<string>();
    channel.on('error', () => this.#forget());
    channel.on('return', ({ properties }) => void returned.add(String(properties.messageId)));
    return { connection, channel, returned };
  }

  #forget(): void {
    void this.close();
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('no answer in time'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
