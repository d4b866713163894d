/** Why a record did not arrive. */
export type DropReason = 'queue_full' | 'rejected' | 'retry_exhausted' | 'closed' | 'spool_full' | 'spool_damaged';

const REASON_WORDS: Readonly<Record<DropReason, string>> = {
  queue_full: 'queue full',
  rejected: 'rejected',
  retry_exhausted: 'retries exhausted',
  closed: 'destination closed',
  spool_full: 'spool full',
  spool_damaged: 'damaged in the spool',
};

/** Counts of one destination. What is accepted and neither delivered nor dropped is queued, by definition of this class' users. */
export class Counters {
  accepted = 0;
  /** Of them, those that an earlier process had left in the spool. */
  resumed = 0;
  delivered = 0;
  retries = 0;
  lastError: Error | undefined;
  lastDeliveredAtMs: number | undefined;
  readonly #dropped = new Map<DropReason, number>();
  readonly #unannounced = new Map<DropReason, number>();

  drop(reason: DropReason, records: number): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + records);
    this.#unannounced.set(reason, (this.#unannounced.get(reason) ?? 0) + records);
  }

  get dropped(): Record<string, number> {
    return Object.fromEntries(this.#dropped);
  }

  get droppedTotal(): number {
    let total = 0;
    for (const records of this.#dropped.values()) total += records;
    return total;
  }

  /** Accepted records whose fate is known. */
  get settled(): number {
    return this.delivered + this.droppedTotal;
  }

  get hasNews(): boolean {
    return this.#unannounced.size > 0;
  }

  /** "1,204 records dropped: queue full", once for each drop; undefined when all have been told. */
  announcement(): string | undefined {
    if (this.#unannounced.size === 0) return undefined;
    const parts = [...this.#unannounced].map(
      ([reason, records]) =>
        `${records.toLocaleString('en-US')} ${records === 1 ? 'record' : 'records'} dropped: ${REASON_WORDS[reason]}`,
    );
    this.#unannounced.clear();
    return parts.join('; ');
  }
}
