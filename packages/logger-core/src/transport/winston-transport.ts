import { LEVEL, MESSAGE } from 'triple-beam';
import { type Entry, type Transport, type WriteResult } from './transport';
import { type WinstonTarget } from './winston-target';

/** Delivers entries to a winston transport, one after another, each when the one before has been called back. */
export class WinstonTransport implements Transport {
  readonly #target: WinstonTarget;
  /** What the target has been given: after a time-out its answer is waited for again, nothing is written again. */
  readonly #outcomes = new WeakMap<Entry, Promise<Error | undefined>>();
  #settle: ((error: Error) => void) | undefined;
  #answered: Error | null | undefined;

  /** @param report - told of errors that the target emits outside of a write, which would end the process unheard */
  constructor(target: WinstonTarget, report: (error: Error) => void) {
    this.#target = target;
    target.on('error', (error: Error) => {
      // A stream emits what it has called back with once more.
      if (this.#settle !== undefined) this.#settle(error);
      else if (error !== this.#answered) report(error);
    });
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const delivered: number[] = [];
    const rejected: number[] = [];
    let error: Error | undefined;
    for (const [index, entry] of batch.entries()) {
      const failed = await this.#outcome(entry);
      if (failed === undefined) delivered.push(index);
      else {
        rejected.push(index);
        error = failed;
      }
      if (signal.aborted) break;
    }
    // Answered in time: none of these comes back.
    if (!signal.aborted) for (const entry of batch) this.#outcomes.delete(entry);
    const retry = [...batch.keys()].slice(delivered.length + rejected.length);
    return { status: 'partial', delivered, retry, rejected, ...(error && { error }) };
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#target.once('finish', resolve);
      this.#target.end();
    });
  }

  #outcome(entry: Entry): Promise<Error | undefined> {
    const known = this.#outcomes.get(entry);
    if (known !== undefined) return known;
    const outcome = this.#writeOne(entry);
    this.#outcomes.set(entry, outcome);
    return outcome;
  }

  #writeOne(entry: Entry): Promise<Error | undefined> {
    return new Promise<Error | undefined>((resolve) => {
      const settle = (error?: Error | null): void => {
        this.#settle = undefined;
        this.#answered = error;
        resolve(error ?? undefined);
      };
      this.#settle = settle;
      try {
        this.#target.write(toInfo(entry), settle);
      } catch (thrown) {
        settle(thrown as Error);
      }
    });
  }
}

function toInfo({ record, payload }: Entry): Record<string | symbol, unknown> {
  const { level, logger, message, timestamp, category, fields, error } = record;
  return {
    timestamp,
    logger,
    category,
    ...(error && { error }),
    ...fields,
    level,
    message,
    [LEVEL]: level,
    [MESSAGE]: payload,
  };
}
