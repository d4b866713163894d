import { type DestinationHealth } from '@metaexpert/logger-core';

/** Records that a destination did not get. */
export interface DropReport {
  /** The log's path, for what the log itself announces; the destination's name, for what `health()` counts. */
  readonly destination: string;
  readonly source: 'announced in the log' | 'health()';
  readonly byReason: Readonly<Record<string, number>>;
}

const NOTICE = /([\d,]+) records? dropped: ([^,;]+)/g;

/** Finds what destinations say in themselves about what they have lost: notices have no sequence number. */
export class DropTally {
  readonly #byReason = new Map<string, number>();

  add({ message, seq }: Readonly<Record<string, unknown>>): void {
    if (seq !== undefined || typeof message !== 'string') return;
    for (const [, count = '', reason = ''] of message.matchAll(NOTICE)) {
      if (this.#byReason.size >= 100 && !this.#byReason.has(reason)) return;
      this.#byReason.set(reason, (this.#byReason.get(reason) ?? 0) + Number(count.replaceAll(',', '')));
    }
  }

  report(destination: string): DropReport[] {
    if (this.#byReason.size === 0) return [];
    return [{ destination, source: 'announced in the log', byReason: Object.fromEntries(this.#byReason) }];
  }
}

export function dropsOf(health: readonly DestinationHealth[]): DropReport[] {
  return health
    .filter(({ dropped }) => Object.values(dropped).some((count) => count > 0))
    .map(({ name, dropped }) => ({
      destination: name,
      source: 'health()',
      byReason: dropped,
    }));
}
