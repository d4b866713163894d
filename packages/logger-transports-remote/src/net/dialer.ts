import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { checkPins } from './check-pins';
import { connectionError } from './connection-error';
import { lookUp } from './look-up';
import { type Target } from './target';
import { TlsMaterial } from './tls-material';
import { type TlsOptions } from './tls-options';
import { tunnel } from './tunnel';

export interface DialerOptions {
  readonly target: Target;
  readonly tls?: TlsOptions | undefined;
  readonly proxy?: Target | undefined;
  /** Whether the proxy is asked for a tunnel; false for plain http, which it understands itself. @default true */
  readonly tunnels?: boolean;
}

/** Opens connections to one server: name look-up, proxy, TLS and every check of the server's identity. */
export class Dialer {
  readonly target: Target;
  readonly #tls: TlsOptions;
  readonly #material: TlsMaterial;
  readonly #proxy: Target | undefined;
  readonly #tunnels: boolean;

  constructor({ target, tls = {}, proxy, tunnels = true }: DialerOptions) {
    this.target = target;
    this.#tls = tls;
    this.#material = new TlsMaterial(tls);
    this.#proxy = proxy;
    this.#tunnels = tunnels;
  }

  /**
   * A connection ready to use, whose server is who it should be.
   *
   * @param signal - ends the attempt; it has no power over the connection once that is made
   * @throws RemoteError MXL_REMOTE_CONNECT, MXL_REMOTE_TLS or MXL_REMOTE_PROXY
   */
  async open(signal: AbortSignal): Promise<Socket> {
    const socket = await this.openPlain(signal);
    return this.target.wire === 'tls' ? this.secure(socket, signal) : socket;
  }

  /** The same without TLS to the target itself: for protocols that ask for it later, by {@link secure}. */
  async openPlain(signal: AbortSignal): Promise<Socket> {
    const next = this.#proxy ?? this.target;
    return this.#guard(signal, undefined, async (hold) => {
      let socket = hold(
        connectTcp({ host: next.host, port: next.port, lookup: lookUp, noDelay: true, keepAlive: true }),
      );
      await happens(socket, 'connect');
      if (this.#proxy === undefined) return socket;
      // Trust in the proxy is Node's own list: the target's certificates say nothing about it.
      if (this.#proxy.wire === 'tls') {
        socket = hold(connectTls({ socket, ...serverName(this.#proxy.host) }));
        await happens(socket, 'secureConnect');
      }
      if (this.#tunnels) await tunnel(socket, this.#proxy, this.target);
      return socket;
    });
  }

  /** Puts TLS on a connection to the target. */
  async secure(plain: Socket, signal: AbortSignal): Promise<Socket> {
    return this.#guard(signal, plain, async (hold) => {
      const { servername = this.target.host, pins, dangerouslyAcceptAnyCertificate = false } = this.#tls;
      const secureContext = await this.#material.context();
      const options = { socket: plain, secureContext, ...serverName(servername) };
      const socket = hold(
        connectTls({ ...options, rejectUnauthorized: !dangerouslyAcceptAnyCertificate }),
      ) as TLSSocket;
      await happens(socket, 'secureConnect');
      if (pins !== undefined && pins.length > 0) checkPins(socket, pins);
      return socket;
    });
  }

  /** Ends what was begun when it fails, or takes longer than the signal allows. */
  async #guard(
    signal: AbortSignal,
    begun: Socket | undefined,
    work: (hold: (socket: Socket) => Socket) => Promise<Socket>,
  ): Promise<Socket> {
    let held = begun;
    const hold = (socket: Socket): Socket => {
      held = socket;
      // An error that comes when nobody waits for one must not end the process.
      return socket.on('error', ignore);
    };
    const abort = (): void => void held?.destroy(new Error('it took too long'));
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) throw new Error('it took too long');
      return await work(hold);
    } catch (thrown) {
      held?.destroy();
      throw connectionError(this.target.where, thrown);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}

function ignore(): void {
  // Whoever uses the socket hears of its end by 'close', or by the write that fails.
}

/** The name in the handshake (RFC 6066 section 3 has no addresses there), and the one that the certificate must have. */
function serverName(name: string): { servername: string; host: string } {
  return { servername: isIP(name) === 0 ? name : '', host: name };
}

function happens(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error): void => {
      socket.off(event, done).off('error', done).off('close', closed);
      if (error === undefined) resolve();
      else reject(error);
    };
    const closed = (): void => done(new Error('the connection was closed before it was ready'));
    socket.once(event, done).once('error', done).once('close', closed);
  });
}
