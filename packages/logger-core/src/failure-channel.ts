import { type EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { toError } from './errors';

/** Something that went wrong inside. */
export interface Failure {
  /** `temporary`: it is being retried. `permanent`: these records will not be delivered. `final`: given up. */
  readonly kind: 'temporary' | 'permanent' | 'final';
  /** Name of the destination; `pipeline` for what happens before the destinations. */
  readonly destination: string;
  readonly error: Error;
  /** How many records it concerns. */
  readonly records: number;
}

export type FailureListener = (failure: Failure) => void;

/** How often stderr hears of one kind of failure of one destination. */
const STDERR_INTERVAL_MS = 10_000;
/** How often listeners do; what comes in between is told together, with the sum of the records. */
const LISTENER_INTERVAL_MS = 1000;

/** A kind of failure of one destination that listeners have just heard of. */
interface Told {
  held: Failure | undefined;
}

/**
 * The one channel for everything that goes wrong inside: listeners of the logger's `failure` event, at most once a
 * second for each destination and kind; without one, stderr, at most one line in ten seconds. Never back into
 * the pipeline, and a listener that logs into what is failing cannot make it a loop.
 */
export class FailureChannel {
  readonly #emitter: EventEmitter;
  readonly #lastLine = new Map<string, number>();
  readonly #told = new Map<string, Told>();
  #telling = false;

  constructor(emitter: EventEmitter) {
    this.#emitter = emitter;
  }

  report(failure: Failure): void {
    // A listener that logs into a failing logger would report for ever; the inner report goes to nobody.
    if (this.#telling) return;
    if (this.#emitter.listenerCount('failure') === 0) {
      this.#toStderr(failure);
      return;
    }
    const key = `${failure.destination}\n${failure.kind}`;
    const told = this.#told.get(key);
    if (told === undefined) this.#tell(key, failure);
    else told.held = { ...failure, records: failure.records + (told.held?.records ?? 0) };
  }

  #tell(key: string, failure: Failure): void {
    setTimeout(() => this.#tellHeld(key), LISTENER_INTERVAL_MS).unref();
    this.#told.set(key, { held: undefined });
    this.#telling = true;
    try {
      this.#emitter.emit('failure', failure);
    } catch (thrown) {
      this.#toStderr({ ...failure, error: toError(thrown) });
    } finally {
      this.#telling = false;
    }
  }

  #tellHeld(key: string): void {
    const held = this.#told.get(key)?.held;
    this.#told.delete(key);
    if (held !== undefined) this.#tell(key, held);
  }

  #toStderr({ destination, kind, error, records }: Failure): void {
    const now = performance.now();
    const key = `${destination}\n${kind}`;
    const last = this.#lastLine.get(key);
    if (last !== undefined && now - last < STDERR_INTERVAL_MS) return;
    this.#lastLine.set(key, now);
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === undefined || error.message.includes(code) ? error.message : `${code}: ${error.message}`;
    try {
      writeSync(2, `[logger] ${destination}: ${kind} failure, ${records} record(s): ${reason}\n`);
    } catch {
      // stderr is closed or stalled: there is nobody left to tell, and the counters still say it.
      this.#lastLine.delete(key);
    }
  }
}
