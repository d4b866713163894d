import {
  type DirectEntry,
  type DirectTransport,
  type Entry,
  type Settle,
  writeBySubmit,
  type WriteResult,
} from '@metaexpert/logger-core';
import { type Composer } from './composer';
import { type Composition } from './composition';
import { HeldComposition } from './held-composition';
import { LogHold, type LogHoldParts } from './log-hold';
import { type SealedHead } from './sealer';
import { Waiters } from './waiters';
import { allWithoutSealPrefix } from './without-seal-prefix';

export interface SealedParts extends Pick<LogHoldParts, 'path'> {
  readonly inner: DirectTransport;
  readonly composer: Composer;
  /** A checkpoint is in the log. */
  readonly sealed: (head: SealedHead) => void;
  /** Waits for what is under way about checkpoints. */
  readonly settleEvidence: (signal: AbortSignal) => Promise<void>;
  readonly everySeconds: number;
}

/** How soon the last checkpoint is tried again. */
const AGAIN_MS = 50;

interface Flight {
  readonly composition: Composition;
  readonly settle: Settle;
}

/** A transport whose lines are sealed on their way to another, which keeps all that it can do: a direct one stays direct. */
export class SealedTransport implements DirectTransport {
  readonly maxInFlight: number;
  readonly #parts: SealedParts;
  readonly #flights: Flight[] = [];
  readonly #held: HeldComposition;
  /** Flights that will settle as not written, because one before them failed. */
  #voided = 0;
  #timer: NodeJS.Timeout | undefined;
  #segment: number | undefined;
  #closing = false;
  readonly #hold: LogHold;
  readonly #waiters = new Waiters();

  constructor(parts: SealedParts) {
    this.#parts = parts;
    const { path, composer, inner } = parts;
    this.maxInFlight = inner.maxInFlight;
    this.#held = new HeldComposition(composer);
    this.#hold = new LogHold({ path, resume: (stale) => composer.resume(stale), holder: this });
  }

  get idle(): boolean {
    return this.#flights.length === 0 && this.#voided === 0 && this.#held.composition === undefined;
  }

  write(batch: readonly Entry[]): Promise<WriteResult> {
    return writeBySubmit(this, batch);
  }

  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    try {
      if (!this.#hold.acquire()) return false;
      this.#timer ??= setInterval(() => this.#tick(), this.#parts.everySeconds * 1000).unref();
      return this.#send(this.#held.compose(allWithoutSealPrefix(batch)), batch, settle, durable);
    } catch (thrown) {
      // Whatever it is, the records are not written: they wait, and the destination says why.
      settle({ status: 'retry', error: thrown as Error });
      return true;
    }
  }

  poll(waitMs: number): void {
    this.#parts.inner.poll?.(waitMs);
  }

  ready(waitMs: number): void {
    this.#parts.inner.ready?.(waitMs);
  }

  blocksExit(): boolean {
    return this.#parts.inner.blocksExit?.() === true;
  }

  /** Writes the last checkpoint when the process is going down, then the inner one's last word; true when all is done. */
  finish(waitMs: number): boolean {
    const { composer, inner } = this.#parts;
    const open = this.#hold.held && !composer.waiting && !(this.idle && composer.closed);
    if (open && this.idle) composer.due = 'close';
    if (open && (!this.idle || this.#sendOwn())) {
      this.poll(waitMs);
      if (!this.idle || !composer.closed) return false;
    }
    return inner.finish?.(waitMs) ?? true;
  }

  async close(signal: AbortSignal): Promise<void> {
    const { inner, composer, settleEvidence } = this.#parts;
    clearInterval(this.#timer);
    if (this.#hold.held) {
      await settleEvidence(signal);
      this.#closing = true;
      if (!composer.closed) composer.due = 'close';
      this.#sendOwn();
      // What has found no room, or a disk that was not well, goes again.
      const again = setInterval(() => this.nudge(), AGAIN_MS);
      await this.#waiters.until(() => this.idle && !composer.owes, signal);
      clearInterval(again);
    }
    this.#hold.release();
    await inner.close?.(signal);
  }

  /** Something that the next lines should bring is there: a signature, a token. */
  nudge(): void {
    setImmediate(() => {
      this.#sendOwn();
      this.#waiters.wake();
    });
  }

  #send(composition: Composition, batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    const flight = { composition, settle };
    this.#flights.push(flight);
    const settled = (result: WriteResult): void => this.#settled(flight, result);
    try {
      if (this.#parts.inner.submit(composition.out, settled, durable, composition.word)) return true;
    } catch (thrown) {
      settled({ status: 'rejected', error: thrown as Error });
      return true;
    }
    this.#flights.splice(this.#flights.indexOf(flight), 1);
    this.#held.keep(composition, batch);
    return false;
  }

  /** Lines of the seal alone; false when there are none, or now is not the time. */
  #sendOwn(): boolean {
    const { composer, inner } = this.#parts;
    if (!this.#hold.held || this.#voided > 0 || this.#held.composition !== undefined) return false;
    if (this.#flights.length >= Math.max(1, inner.maxInFlight)) return false;
    try {
      const composition = composer.compose([]);
      if (composition.empty) return false;
      if (this.#send(composition, [], () => undefined, false)) return true;
      this.#held.undo();
    } catch {
      // The next records meet the same, and their destination says so.
    }
    return false;
  }

  #settled(flight: Flight, result: WriteResult): void {
    const { composer } = this.#parts;
    const { composition, settle } = flight;
    if (this.#flights[0] !== flight) this.#voided = Math.max(0, this.#voided - 1);
    else if (result.status === 'delivered') this.#delivered(composition);
    else this.#failed(composition, result);
    settle(composition.resultFor(result));
    // What found no room while this was under way.
    if (result.status === 'delivered' && (composer.signed || (this.#closing && composer.owes))) this.nudge();
    else this.#waiters.wake();
  }

  #delivered(composition: Composition): void {
    const { inner, composer, sealed } = this.#parts;
    this.#flights.shift();
    const next = this.#flights[0]?.composition ?? this.#held.composition;
    for (const head of composer.written(composition, next)) sealed(head);
    const { segments } = inner;
    if (this.#segment !== undefined && segments !== this.#segment && !this.#closing) {
      composer.due ??= 'rotation';
      this.nudge();
    }
    this.#segment = segments;
  }

  /** Nothing of what lies behind was written either: the chain goes back. */
  #failed(composition: Composition, result: WriteResult): void {
    const { composer, sealed } = this.#parts;
    this.#held.forget();
    this.#voided = this.#flights.length - 1;
    this.#flights.length = 0;
    const written = result.status === 'partial' ? [...result.delivered].sort((a, b) => a - b) : [];
    for (const head of composer.undo(composition, written)) sealed(head);
    // A thread that died may have written more than it could say.
    const { code } = ('error' in result ? (result.error ?? {}) : {}) as { code?: unknown };
    if (code === 'MXL_FILE_THREAD_DIED') this.#hold.doubt();
  }

  #tick(): void {
    if (!this.#hold.held || !this.#parts.composer.hasUnsealed) return;
    this.#parts.composer.due ??= 'interval';
    this.#sendOwn();
  }
}
