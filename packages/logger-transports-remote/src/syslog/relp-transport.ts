import { type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type Socket } from 'node:net';
import { RemoteError } from '../errors';
import { connectionError } from '../net/connection-error';
import { type Dialer } from '../net/dialer';
import { endSocket, writeAll } from '../stream/write-all';
import { encodeRelp, RelpReader } from './relp-frames';

const OFFER = 'relp_version=0\nrelp_software=metaexpert-logger\ncommands=syslog';

const MAX_TRANSACTION = 999_999_999;

/** An answer that somebody waits for. */
type Waiter = (answer: string | Error) => void;

/** One RELP session: numbered commands, each answered. */
class Session {
  readonly socket: Socket;
  readonly #reader = new RelpReader();
  readonly #waiting = new Map<number, Waiter>();
  #transaction = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.once('close', () => this.#fail(new Error('the connection was closed')));
  }

  /** The bytes of a command; its answer goes to the waiter, once. */
  command(command: string, data: string, waiter: Waiter): Buffer {
    this.#transaction = (this.#transaction % MAX_TRANSACTION) + 1;
    this.#waiting.set(this.#transaction, waiter);
    return encodeRelp({ transaction: this.#transaction, command, data });
  }

  #read(chunk: Buffer): void {
    try {
      for (const { transaction, command, data } of this.#reader.push(chunk)) {
        // The server is going away; what it has not answered goes again elsewhere.
        if (command === 'serverclose') this.socket.destroy();
        else if (command === 'rsp') {
          this.#waiting.get(transaction)?.(data);
          this.#waiting.delete(transaction);
        }
      }
    } catch (thrown) {
      this.socket.destroy(toError(thrown));
    }
  }

  #fail(error: Error): void {
    for (const waiter of this.#waiting.values()) waiter(error);
    this.#waiting.clear();
  }
}

/** Sends syslog messages that the server acknowledges one by one: delivered means that it has them. */
export class RelpTransport implements Transport {
  readonly #dialer: Dialer;
  readonly #message: (entry: Entry) => string;
  #session: Session | undefined;

  constructor(dialer: Dialer, message: (entry: Entry) => string) {
    this.#dialer = dialer;
    this.#message = message;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const abort = (): void => void this.#session?.socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const session = (this.#session ??= await this.#open(signal));
      session.socket.ref();
      const answers = await this.#send(session, batch, signal);
      session.socket.unref();
      return this.#judge(answers);
    } catch (thrown) {
      return { status: 'retry', error: connectionError(this.#dialer.target.where, thrown) };
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  async close(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    if (session === undefined || session.socket.destroyed) return;
    session.socket.write(session.command('close', '', () => session.socket.end()));
    await endSocket(session.socket, signal);
  }

  async #open(signal: AbortSignal): Promise<Session> {
    const socket = await this.#dialer.open(signal);
    const session = new Session(socket);
    socket.once('close', () => {
      if (this.#session === session) this.#session = undefined;
    });
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    const answer = await new Promise<string | Error>((resolve) => {
      socket.write(session.command('open', OFFER, resolve));
    }).finally(() => signal.removeEventListener('abort', abort));
    if (typeof answer === 'string' && answer.startsWith('200')) return session;
    socket.destroy();
    throw typeof answer === 'string'
      ? new Error(`the server does not open a session: ${answer.slice(0, 100)}`)
      : answer;
  }

  async #send(session: Session, batch: readonly Entry[], signal: AbortSignal): Promise<(string | Error)[]> {
    const frames: Buffer[] = [];
    const answers = batch.map(
      (entry) =>
        new Promise<string | Error>((resolve) => {
          frames.push(session.command('syslog', this.#message(entry), resolve));
        }),
    );
    // What the connection does is seen in the answers: none comes from a broken one.
    writeAll(session.socket, Buffer.concat(frames), signal).then(
      () => session.socket.ref(),
      () => session.socket.destroy(),
    );
    return Promise.all(answers);
  }

  #judge(answers: readonly (string | Error)[]): WriteResult {
    const { where } = this.#dialer.target;
    const [delivered, retry, rejected]: [number[], number[], number[]] = [[], [], []];
    let error: Error | undefined;
    for (const [index, answer] of answers.entries()) {
      if (typeof answer !== 'string') {
        retry.push(index);
        error ??= connectionError(where, answer);
      } else if (answer.startsWith('200')) delivered.push(index);
      else {
        rejected.push(index);
        error ??= new RemoteError('MXL_REMOTE_REFUSED', `${where} answered ${answer.slice(0, 200)}`);
      }
    }
    if (error === undefined) return { status: 'delivered' };
    if (retry.length === answers.length) return { status: 'retry', error };
    if (rejected.length === answers.length) return { status: 'rejected', error };
    return { status: 'partial', delivered, retry, rejected, error };
  }
}
