import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { fieldText } from '../http/field-text';
import { connectionError } from '../net/connection-error';

/** What is used of kafkajs. */
export interface KafkaLibrary {
  readonly Kafka: new (config: object) => { producer(options: object): KafkaProducer };
  readonly logLevel: { readonly NOTHING: number };
}

export interface KafkaProducer {
  connect(): Promise<void>;
  /** At once, whatever the broker has not answered. */
  disconnect(): Promise<void>;
  send(record: object): Promise<unknown>;
}

export interface KafkaTransportOptions {
  readonly where: string;
  /** Makes a producer that is not connected yet. */
  readonly producer: (idempotent: boolean) => Promise<KafkaProducer>;
  readonly idempotent: boolean;
  readonly topic: string;
  readonly key: string;
}

/** What kafkajs says of brokers that have no idempotence. */
const NOT_IDEMPOTENT = /^KafkaJS(BrokerNotFound|NotImplemented|ServerDoesNotSupportApiKey)$/;

/** Sends records to a topic; delivered means that all replicas in sync have them. */
export class KafkaTransport implements Transport {
  readonly #options: KafkaTransportOptions;
  #producer: KafkaProducer | undefined;
  /** The one that is about to be connected. */
  #next: KafkaProducer | undefined;
  /** There is one attempt to connect at a time, however many writes have given up on it. */
  #connecting: Promise<KafkaProducer> | undefined;
  #closed = false;
  #idempotent: boolean;

  constructor(options: KafkaTransportOptions) {
    this.#options = options;
    this.#idempotent = options.idempotent;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { where, topic } = this.#options;
    const work = this.#send(batch, topic, signal);
    const late = new Promise<never>((_, reject) => {
      const fail = (): void => reject(new Error('no answer in time'));
      if (signal.aborted) fail();
      else signal.addEventListener('abort', fail, { once: true });
    });
    try {
      await Promise.race([work, late]);
      return { status: 'delivered' };
    } catch (thrown) {
      work.catch(() => undefined);
      if (/MESSAGE_TOO_LARGE|RECORD_LIST_TOO_LARGE/.test(String((thrown as { type?: unknown }).type))) {
        return { status: 'rejected', error: new RemoteError('MXL_REMOTE_TOO_LARGE', `${where}: ${String(thrown)}`) };
      }
      // An idempotent producer that has failed does not know where it stands: the next one begins anew.
      await this.#drop();
      return { status: 'retry', error: connectionError(where, thrown) };
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#drop(), disconnect(this.#next)]);
  }

  async #send(batch: readonly Entry[], topic: string, signal: AbortSignal): Promise<void> {
    const producer = this.#producer ?? (await this.#start());
    // The batch goes again by another write: to send it here, too, would be to send it twice and out of order.
    if (signal.aborted) return;
    const messages = batch.map(({ payload, record }) => ({
      key: fieldText(record, this.#options.key) ?? null,
      value: payload,
      timestamp: String(record.time),
      headers: { id: record.id },
    }));
    await producer.send({ topic, acks: -1, messages });
  }

  async #start(): Promise<KafkaProducer> {
    this.#connecting ??= this.#connect();
    try {
      this.#producer = await this.#connecting;
    } finally {
      this.#connecting = undefined;
    }
    const producer = this.#producer;
    if (this.#closed) await this.#drop();
    return producer;
  }

  async #connect(): Promise<KafkaProducer> {
    const producer = await this.#options.producer(this.#idempotent);
    this.#next = producer;
    try {
      await producer.connect();
      return producer;
    } catch (thrown) {
      await disconnect(producer);
      // A broker without a controller to give out producer numbers: the ids still tell what came twice.
      if (!this.#idempotent || !NOT_IDEMPOTENT.test((thrown as Error).name)) throw thrown;
      this.#idempotent = false;
      return this.#connect();
    }
  }

  async #drop(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await disconnect(producer);
  }
}

/** It was broken, or is about to be forgotten: either way there is nobody to tell. */
async function disconnect(producer: KafkaProducer | undefined): Promise<void> {
  await producer?.disconnect().catch(() => undefined);
}
