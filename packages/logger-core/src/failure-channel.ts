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

const INTERVAL_MS = 10_000;

/**
 * The one channel for everything that goes wrong inside. Listeners of the logger's `failure` event hear all of
 * it; without one, stderr gets at most one line per destination, kind and ten seconds. Never back into the
 * pipeline.
 */
export class FailureChannel {
  readonly #emitter: EventEmitter;
  readonly #lastLine = new Map<string, number>();
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
    this.#telling = true;
    try {
      this.#emitter.emit('failure', failure);
    } catch (thrown) {
      this.#toStderr({ ...failure, error: toError(thrown) });
    } finally {
      this.#telling = false;
    }
  }

  #toStderr({ destination, kind, error, records }: Failure): void {
    const now = performance.now();
    const key = `${destination}\n${kind}`;
    const last = this.#lastLine.get(key);
    if (last !== undefined && now - last < INTERVAL_MS) return;
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
