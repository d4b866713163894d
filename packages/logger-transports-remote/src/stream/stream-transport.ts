import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type Socket } from 'node:net';
import { connectionError } from '../net/connection-error';
import { type Dialer } from '../net/dialer';
import { ResendWindow } from './resend-window';
import { settleHandshake } from './settle-handshake';
import { endSocket, writeAll } from './write-all';

export interface StreamTransportOptions {
  readonly dialer: Dialer;
  /** One record as it travels, with whatever marks its end. */
  readonly frame: (entry: Entry) => string;
}

/** Larger than the usual buffers of both kernels together (Linux: tcp_wmem and tcp_rmem defaults). */
const WINDOW = { maxBytes: 1_048_576, maxAgeMs: 60_000 };

/** A peer that ends in good order may have missed what was under way just then. */
const IN_FLIGHT_MS = 1000;

const RECOVERY_MS = { min: 100, max: 10_000, attempt: 10_000 };

/**
 * Writes records into one connection, without acknowledgements: plain TCP, syslog, GELF. Delivered means that the kernel
 * has it; what a broken connection may have lost is sent again by the next one.
 */
export class StreamTransport implements Transport {
  readonly #dialer: Dialer;
  readonly #frame: (entry: Entry) => string;
  readonly #window = new ResendWindow(WINDOW);
  #socket: Socket | undefined;
  #connecting: Promise<Socket> | undefined;
  /** What the window holds was under way when a connection broke. */
  #lossy = false;
  #recovery: NodeJS.Timeout | undefined;
  #closed = false;

  constructor({ dialer, frame }: StreamTransportOptions) {
    this.#dialer = dialer;
    this.#frame = frame;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const bytes = Buffer.from(batch.map(this.#frame).join(''));
    try {
      const socket = await this.#connect(signal);
      await writeAll(socket, bytes, signal);
      this.#window.add(bytes, performance.now());
      if (this.#socket !== socket) this.#recoverSoon(RECOVERY_MS.min);
      return { status: 'delivered' };
    } catch (thrown) {
      return { status: 'retry', error: connectionError(this.#dialer.target.where, thrown) };
    }
  }

  async close(signal: AbortSignal): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#recovery);
    if (this.#lossy) await this.#connect(signal).catch(() => undefined);
    if (this.#socket !== undefined) await endSocket(this.#socket, signal);
  }

  /** The connection; a new one gets first what the one before may have lost. One is made at a time. */
  #connect(signal: AbortSignal): Promise<Socket> {
    if (this.#socket !== undefined && !this.#lossy) return Promise.resolve(this.#socket);
    this.#connecting ??= this.#open(signal).finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  async #open(signal: AbortSignal): Promise<Socket> {
    const socket = await this.#dialer.open(signal);
    const start = performance.now();
    try {
      await settleHandshake(socket);
      // Nothing is expected from the peer, but only who reads hears that it has gone.
      this.#watch(socket.resume());
      if (this.#lossy) await writeAll(socket, Buffer.concat(this.#window.lost(start)), signal);
    } catch (thrown) {
      socket.destroy();
      throw thrown;
    }
    if (this.#lossy) this.#window.resent(performance.now());
    this.#lossy = false;
    if (socket.destroyed) throw new Error('the connection was closed');
    this.#socket = socket.unref();
    return socket;
  }

  #watch(socket: Socket): void {
    let broken = false;
    let ended = false;
    socket.once('error', () => (broken = true));
    socket.once('end', () => (ended = true));
    socket.once('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      if (this.#closed) return;
      if (ended && !broken) this.#window.confirm(performance.now() - IN_FLIGHT_MS);
      this.#lossy = this.#lossy || !this.#window.empty;
      this.#recoverSoon(RECOVERY_MS.min);
    });
  }

  /** What was lost goes again also when no further record comes. */
  #recoverSoon(delayMs: number): void {
    clearTimeout(this.#recovery);
    if (this.#closed || this.#window.empty || this.#socket !== undefined) return;
    this.#lossy = true;
    this.#recovery = setTimeout(() => {
      this.#connect(AbortSignal.timeout(RECOVERY_MS.attempt)).catch(() =>
        this.#recoverSoon(Math.min(delayMs * 2, RECOVERY_MS.max)),
      );
    }, delayMs).unref();
  }
}
