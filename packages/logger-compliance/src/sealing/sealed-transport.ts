import { type DirectEntry, type DirectTransport, type Entry, type Settle, withBytes, type WriteResult } from '@metaexpert/logger-core';
import { type Composer } from './composer';
import { type Composition } from './composition';
import { type SealChain } from './seal-chain';
import { holdsLog, leaveLog, takeLog } from './seal-holders';
import { type SealedHead, type Sealer } from './sealer';

export interface SealedParts {
  readonly inner: DirectTransport;
  readonly sealer: Sealer;
  readonly composer: Composer;
  /** The log's path, when it is in files here; without one a tree begins with the process. */
  readonly path: string | undefined;
  /** Reads from the disk where the log stands, and sets what has to be sealed next. */
  readonly resume: () => SealChain;
  /** A checkpoint is in the log. */
  readonly sealed: (head: SealedHead) => void;
  /** Waits for what is under way about checkpoints: tokens, witnesses. */
  readonly settleEvidence: (signal: AbortSignal) => Promise<void>;
  readonly everySeconds: number;
}

interface Flight {
  readonly composition: Composition;
  readonly settle: Settle;
}

/** How long an end that cannot wait for the event loop waits for the last checkpoint to be written. */
const LAST_STEP_MS = 10;

/** A transport whose lines are sealed on their way to another, which keeps all that it can do: a direct one stays direct. */
export class SealedTransport implements DirectTransport {
  readonly #parts: SealedParts;
  readonly #flights: Flight[] = [];
  /** Composed for a batch that had no room: it comes again. */
  #held: { composition: Composition; batch: readonly DirectEntry[] } | undefined;
  /** Flights that will settle as not written, because one before them failed. */
  #voided = 0;
  #timer: NodeJS.Timeout | undefined;
  #segment: number | undefined;
  #stale = false;
  #started = false;
  #closing = false;
  #waiters: (() => void)[] = [];

  constructor(parts: SealedParts) {
    this.#parts = parts;
  }

  get maxInFlight(): number {
    return this.#parts.inner.maxInFlight;
  }

  get idle(): boolean {
    return this.#flights.length === 0 && this.#voided === 0 && this.#held === undefined;
  }

  write(batch: readonly Entry[]): Promise<WriteResult> {
    return new Promise((resolve) => {
      if (!this.submit(withBytes(batch), resolve, false))
        resolve({ status: 'retry', error: new Error('the destination has no room') });
    });
  }

  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    try {
      if (!this.#acquire()) return false;
      return this.#send(this.#compose(batch), batch, settle, durable);
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

  /** Writes the last checkpoint when the process is going down; true when there is nothing more to do. */
  finish(waitMs: number): boolean {
    const { composer, sealer } = this.#parts;
    if (!this.#holds() || sealer.waiting) return true;
    if (this.idle) {
      if (!composer.hasUnsealed) return true;
      composer.due = 'close';
      if (!this.#sendOwn()) return true;
    }
    this.poll(Math.min(waitMs, LAST_STEP_MS));
    return this.idle && !composer.hasUnsealed;
  }

  async close(signal: AbortSignal): Promise<void> {
    const { inner, composer, sealer, path, settleEvidence } = this.#parts;
    clearInterval(this.#timer);
    if (this.#holds()) {
      await settleEvidence(signal);
      this.#closing = true;
      composer.due = 'close';
      this.#sendOwn();
      await this.#until(() => this.idle && !sealer.waiting && composer.due === undefined, signal);
    }
    if (path !== undefined) leaveLog(path, this);
    await inner.close?.(signal);
  }

  /** Something that the next lines should bring is there: a signature, a token. */
  nudge(): void {
    setImmediate(() => {
      this.#sendOwn();
      for (const wake of this.#waiters.splice(0)) wake();
    });
  }

  #holds(): boolean {
    return this.#started && (this.#parts.path === undefined || holdsLog(this.#parts.path, this));
  }

  #acquire(): boolean {
    const { path, sealer, resume, everySeconds } = this.#parts;
    const taken = path === undefined ? (this.#started ? 'held' : 'new') : takeLog(path, this);
    if (taken === 'busy') return false;
    if (taken === 'new' || (this.#stale && this.idle)) {
      const known = this.#stale ? sealer.chain : undefined;
      try {
        const chain = resume();
        // Lines that were written and are gone stay in the tree: that they are missing must come to light.
        if (known === undefined || chain.end >= known.end) sealer.chain = chain;
      } catch (thrown) {
        if (path !== undefined) leaveLog(path, this);
        throw thrown;
      }
      this.#stale = false;
      this.#started = true;
      this.#timer ??= setInterval(() => this.#tick(), everySeconds * 1000).unref();
    }
    return true;
  }

  #compose(batch: readonly DirectEntry[]): Composition {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) {
      if (isSame(held.batch, batch)) return held.composition;
      this.#parts.composer.undo(held.composition, []);
    }
    return this.#parts.composer.compose(batch);
  }

  #send(composition: Composition, batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    const flight = { composition, settle };
    this.#flights.push(flight);
    let taken = false;
    try {
      taken = this.#parts.inner.submit(composition.out, (result) => this.#settled(flight, result), durable);
    } catch (thrown) {
      this.#settled(flight, { status: 'rejected', error: thrown as Error });
      return true;
    }
    if (taken) return true;
    this.#flights.splice(this.#flights.indexOf(flight), 1);
    this.#held = { composition, batch };
    return false;
  }

  /** Lines of the seal alone; false when there are none, or now is not the time. */
  #sendOwn(): boolean {
    const { composer, inner } = this.#parts;
    if (!this.#holds() || this.#voided > 0 || this.#held !== undefined) return false;
    if (this.#flights.length >= Math.max(1, inner.maxInFlight)) return false;
    try {
      const composition = composer.compose([]);
      if (composition.out.length === 0) return false;
      if (this.#send(composition, [], () => undefined, false)) return true;
      this.#held = undefined;
      composer.undo(composition, []);
    } catch {
      // The next records meet the same, and their destination says so.
      return false;
    }
    return false;
  }

  #settled(flight: Flight, result: WriteResult): void {
    const { composition, settle } = flight;
    if (this.#flights[0] !== flight) this.#voided = Math.max(0, this.#voided - 1);
    else if (result.status === 'delivered') this.#delivered(composition);
    else this.#failed(composition, result);
    settle(composition.resultFor(result));
    for (const wake of this.#waiters.splice(0)) wake();
  }

  #delivered({ seals }: Composition): void {
    const { inner, sealer, composer, sealed } = this.#parts;
    this.#flights.shift();
    sealer.chain.trim(this.#flights[0]?.composition.before.from ?? this.#held?.composition.before.from ?? sealer.chain.from);
    for (const { head } of seals.values()) if (head !== undefined) sealed(head);
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
    if (this.#held !== undefined) this.#held = undefined;
    this.#voided = this.#flights.length - 1;
    this.#flights.length = 0;
    const written = result.status === 'partial' ? [...result.delivered].sort((a, b) => a - b) : [];
    for (const head of composer.undo(composition, written)) sealed(head);
    // A thread that died may have written more than it could say.
    const { code } = ('error' in result ? (result.error ?? {}) : {}) as { code?: unknown };
    this.#stale ||= code === 'MXL_FILE_THREAD_DIED';
  }

  #tick(): void {
    const { composer } = this.#parts;
    if (!this.#holds() || !composer.hasUnsealed) return;
    composer.due ??= 'interval';
    this.#sendOwn();
  }

  async #until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    const wake = (): void => {
      for (const waiter of this.#waiters.splice(0)) waiter();
    };
    signal.addEventListener('abort', wake);
    while (!condition() && !signal.aborted) await new Promise<void>((resolve) => this.#waiters.push(resolve));
    signal.removeEventListener('abort', wake);
  }
}

function isSame(a: readonly DirectEntry[], b: readonly DirectEntry[]): boolean {
  return a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1);
}
