import { type Destination } from '../destination/destination';
import { type EntryWatcher } from '../destination/queued-entry';
import { LoggerError } from '../errors';

/** Waits until every destination that an audit record concerns has it durably. */
export class AuditWatch implements EntryWatcher {
  readonly #open = new Set<string>();
  readonly #promise: Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #resolve!: () => void;
  #reject!: (error: Error) => void;

  /** @param timeoutMs - when waiting is given up: the longest of the destinations' own limits for one write */
  constructor(destinations: readonly Destination[], timeoutMs: number) {
    for (const { name } of destinations) this.#open.add(name);
    this.#promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#timer = setTimeout(
      () => this.#fail([...this.#open].join(', '), `no acknowledgement within ${timeoutMs} ms`),
      timeoutMs,
    );
  }

  /** @throws LoggerError `MXL_AUDIT_FAILED` */
  async acknowledged(): Promise<void> {
    await this.#promise.finally(() => clearTimeout(this.#timer));
  }

  settled(destination: string, reason: string | undefined, error: Error | undefined): void {
    if (!this.#open.delete(destination)) return;
    if (reason !== undefined)
      this.#fail(destination, error === undefined ? reason : `${reason}: ${error.message}`, error);
    else if (this.#open.size === 0) this.#resolve();
  }

  #fail(destination: string, why: string, cause?: Error): void {
    this.#reject(new LoggerError('MXL_AUDIT_FAILED', `${destination} does not have the audit record: ${why}`, cause));
  }
}

/** The destinations that `log.audit()` waits for: those told to be `audit`; where there is none, all that take the record. */
export function awaitedDestinations(takers: readonly Destination[]): readonly Destination[] {
  const audit = takers.filter(({ settings }) => settings.delivery === 'audit');
  return audit.length > 0 ? audit : takers;
}

/** Resolves when something has settled in each of the full destinations, or the time is over. */
export async function nextSettled(destinations: readonly Destination[], endMs: number): Promise<void> {
  const full = destinations.filter((one) => one.full);
  await Promise.all(full.map((one) => one.settledOr(endMs - performance.now())));
}
