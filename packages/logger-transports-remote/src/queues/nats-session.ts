import { randomBytes } from 'node:crypto';
import { type Socket } from 'node:net';
import { RemoteError } from '../errors';
import { type Dialer } from '../net/dialer';
import { endSocket, writeAll } from '../stream/write-all';
import { type NatsEvent, NatsReader } from './nats-reader';

export interface NatsLogin {
  readonly token: string | undefined;
  /** Whether TLS is put on the connection even when the server does not demand it. */
  readonly tls: boolean;
}

interface ServerInfo {
  readonly max_payload?: number;
  readonly tls_required?: boolean;
}

/** An answer to something published: its text, or why there is none. */
export type NatsAnswer = { readonly text: string; readonly status: number } | Error;

/** One connection to a NATS server, and the answers that come back over it. */
export class NatsSession {
  readonly #socket: Socket;
  readonly #inbox = `_INBOX.${randomBytes(12).toString('hex')}`;
  readonly #waiting = new Map<string, (answer: NatsAnswer) => void>();
  #count = 0;
  #broken: Error | undefined;
  readonly maxPayload: number;

  constructor(socket: Socket, reader: NatsReader, maxPayload: number) {
    this.#socket = socket;
    this.maxPayload = maxPayload;
    socket.on('data', (chunk: Buffer) => {
      for (const event of reader.push(chunk)) this.#hear(event);
    });
    socket.resume();
    socket.once('close', () => {
      const error = this.#broken ?? new Error('the connection was closed');
      for (const answer of this.#waiting.values()) answer(error);
      this.#waiting.clear();
    });
  }

  get open(): boolean {
    return !this.#socket.destroyed;
  }

  /** Connects, speaks the greeting, and asks for the answers to what will be published. */
  static async start(dialer: Dialer, login: NatsLogin, signal: AbortSignal): Promise<NatsSession> {
    const reader = new NatsReader();
    let socket = await dialer.openPlain(signal);
    const abort = (): void => void socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const info = JSON.parse((await next(socket, reader, 'INFO')).words) as ServerInfo;
      if (login.tls || info.tls_required === true) socket = await dialer.secure(socket, signal);
      const { username, password } = dialer.target;
      const hello = {
        verbose: false,
        pedantic: false,
        headers: true,
        no_responders: true,
        lang: 'node',
        version: '1',
        protocol: 1,
      };
      const credentials = { user: username, pass: password, auth_token: login.token };
      socket.write(`CONNECT ${JSON.stringify({ ...hello, ...credentials, name: 'metaexpert-logger' })}\r\nPING\r\n`);
      await next(socket, reader, 'PONG');
      const session = new NatsSession(socket, reader, info.max_payload ?? 1_048_576);
      socket.write(`SUB ${session.#inbox}.* 1\r\n`);
      return session;
    } catch (thrown) {
      socket.destroy();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Publishes messages, each with an id, and waits for all answers. A connection that breaks answers for the rest. */
  async publish(
    subject: string,
    messages: readonly { id: string; text: string }[],
    signal: AbortSignal,
  ): Promise<NatsAnswer[]> {
    const frames: Buffer[] = [];
    const answers = messages.map(({ id, text }) => {
      const reply = `${this.#inbox}.${(this.#count += 1)}`;
      const head = `NATS/1.0\r\nNats-Msg-Id: ${id.replace(/[\r\n]/g, ' ')}\r\n\r\n`;
      const [headBytes, bytes] = [Buffer.byteLength(head), Buffer.byteLength(text)];
      frames.push(Buffer.from(`HPUB ${subject} ${reply} ${headBytes} ${headBytes + bytes}\r\n${head}${text}\r\n`));
      return new Promise<NatsAnswer>((resolve) => this.#waiting.set(reply, resolve));
    });
    const abort = (): void => void this.#socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    writeAll(this.#socket, Buffer.concat(frames), signal).then(
      () => this.#socket.ref(),
      () => this.#socket.destroy(),
    );
    const all = await Promise.all(answers);
    signal.removeEventListener('abort', abort);
    this.#socket.unref();
    return all;
  }

  async close(signal: AbortSignal): Promise<void> {
    await endSocket(this.#socket, signal);
  }

  #hear({ verb, words, subject, text, status }: NatsEvent): void {
    if (verb === 'PING') this.#socket.write('PONG\r\n');
    if (verb === '-ERR') this.#broken = new RemoteError('MXL_REMOTE_STATUS', `the server said ${words}`);
    if (subject === undefined) return;
    this.#waiting.get(subject)?.({ text: text ?? '', status: status ?? 0 });
    this.#waiting.delete(subject);
  }
}

/** Waits for a word of the greeting; what follows it stays in the reader. */
function next(socket: Socket, reader: NatsReader, verb: string): Promise<NatsEvent> {
  return new Promise((resolve, reject) => {
    const done = (result: NatsEvent | Error): void => {
      socket.off('data', read).off('close', closed);
      // Nobody listens until the next word is waited for: nothing may get lost.
      socket.pause();
      if ('verb' in result) resolve(result);
      else reject(result);
    };
    const closed = (): void => done(new Error('the connection was closed during the greeting'));
    const read = (chunk: Buffer): void => {
      for (const event of reader.push(chunk)) {
        if (event.verb === verb) done(event);
        else if (event.verb === '-ERR') {
          const code = /authoriz|authentic/i.test(event.words) ? 'MXL_REMOTE_AUTH' : 'MXL_REMOTE_STATUS';
          done(new RemoteError(code, `the server said ${event.words}`));
        }
      }
    };
    socket.on('data', read).once('close', closed).resume();
  });
}
