/** What a `flush` or `close` achieved. */
export interface Receipt {
  /** Everything that was accepted has been delivered: nothing dropped, nothing pending. */
  readonly ok: boolean;
  readonly destinations: readonly DestinationReceipt[];
}

/** Counts since the destination was made. */
export interface DestinationReceipt {
  readonly name: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly dropped: number;
  /** Accepted, and neither delivered nor dropped when the time was over. */
  readonly pending: number;
}

export function createReceipt(destinations: readonly DestinationReceipt[]): Receipt {
  return { ok: destinations.every(({ dropped, pending }) => dropped === 0 && pending === 0), destinations };
}
