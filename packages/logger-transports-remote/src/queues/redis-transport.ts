import { type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type Socket } from 'node:net';
import { RemoteError } from '../errors';
import { connectionError } from '../net/connection-error';
import { type Dialer } from '../net/dialer';
import { type ItemVerdict, itemResults } from '../stores/item-results';
import { endSocket, writeAll } from '../stream/write-all';
import { redisCommand, RedisReader, type RedisReply } from './redis-reader';

export interface RedisTransportOptions {
  readonly dialer: Dialer;
  readonly stream: string;
  /** The stream is cut to about this many entries. */
  readonly maxLength: number | undefined;
}

type Waiter = (reply: RedisReply) => void;

/** One connection: commands go out, replies come back in the same order. */
class Connection {
  readonly socket: Socket;
  readonly #reader = new RedisReader();
  #waiting: Waiter[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('close', () => {
      for (const waiter of this.#waiting.splice(0)) waiter(new ClosedError());
    });
  }

  /** The replies to commands sent in one go; a broken connection is a reply like any other. */
  async send(commands: readonly string[], signal: AbortSignal): Promise<RedisReply[]> {
    const replies = commands.map(() => new Promise<RedisReply>((resolve) => this.#waiting.push(resolve)));
    writeAll(this.socket, Buffer.from(commands.join('')), signal).then(
      () => this.socket.ref(),
      () => this.socket.destroy(),
    );
    const all = await Promise.all(replies);
    this.socket.unref();
    return all;
  }

  #read(chunk: Buffer): void {
    try {
      for (const reply of this.#reader.push(chunk)) this.#waiting.shift()?.(reply);
    } catch (thrown) {
      this.socket.destroy(toError(thrown));
    }
  }
}

class ClosedError extends Error {
  override readonly name = 'ClosedError';

  constructor() {
    super('the connection was closed');
  }
}

/** Appends each record to a Redis stream, and has delivered it when Redis has answered with its id. */
export class RedisTransport implements Transport {
  readonly #options: RedisTransportOptions;
  #connection: Connection | undefined;

  constructor(options: RedisTransportOptions) {
    this.#options = options;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { where } = this.#options.dialer.target;
    const abort = (): void => void this.#connection?.socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const connection = (this.#connection ??= await this.#open(signal));
      const replies = await connection.send(
        batch.map((entry) => this.#command(entry)),
        signal,
      );
      let error: Error | undefined;
      const verdicts = replies.map((reply): ItemVerdict => {
        if (!(reply instanceof Error)) return 'delivered';
        error ??=
          reply instanceof ClosedError
            ? connectionError(where, reply)
            : new RemoteError('MXL_REMOTE_STATUS', `${where} answered ${reply.message.slice(0, 200)}`);
        // No error of XADD is the record's own: memory, rights, a key of another type are somebody's to mend.
        return 'retry';
      });
      return itemResults(verdicts, error);
    } catch (thrown) {
      return { status: 'retry', error: connectionError(where, thrown) };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async close(signal: AbortSignal): Promise<void> {
    if (this.#connection !== undefined) await endSocket(this.#connection.socket, signal);
  }

  #command({ payload, record }: Entry): string {
    const { stream, maxLength } = this.#options;
    const cut = maxLength === undefined ? [] : ['MAXLEN', '~', String(maxLength)];
    return redisCommand('XADD', stream, ...cut, '*', 'id', record.id, 'level', record.level, 'record', payload);
  }

  async #open(signal: AbortSignal): Promise<Connection> {
    const { dialer } = this.#options;
    const { username, password, path, where } = dialer.target;
    const socket = await dialer.open(signal);
    const connection = new Connection(socket);
    socket.once('close', () => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    const greeting: string[] = [];
    if (password !== undefined)
      greeting.push(redisCommand('AUTH', ...(username === undefined ? [] : [username]), password));
    if (/^\/\d+$/.test(path)) greeting.push(redisCommand('SELECT', path.slice(1)));
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    const replies = await connection.send(greeting, signal).finally(() => signal.removeEventListener('abort', abort));
    const refusal = replies.find((reply) => reply instanceof Error);
    if (refusal === undefined) return connection;
    socket.destroy();
    throw refusal instanceof ClosedError
      ? refusal
      : new RemoteError('MXL_REMOTE_AUTH', `${where} answered ${refusal.message.slice(0, 200)}`);
  }
}
