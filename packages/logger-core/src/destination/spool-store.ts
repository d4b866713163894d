/** A record on the disk. */
export interface SpooledBody {
  readonly index: number;
  readonly body: Uint8Array;
}

/**
 * A bounded on-disk queue of byte strings, which a plugin brings (`kind: 'spool'`). Every entry has an index; indexes
 * count up without gaps and go on after a restart. Called by one destination. No method throws, and none waits but `poll`.
 */
export interface SpoolStore {
  /** Whether all that was asked for has been done. */
  readonly idle: boolean;
  /** Adds entries behind all others, the first with this index. It keeps trying until they are on the disk. */
  append(first: number, bodies: readonly Uint8Array[]): void;
  /** Asks for what there is from an index on; answered by `read`. Not asked again before. */
  read(from: number, limits: { readonly maxRecords: number; readonly maxBytes: number }): void;
  /** Every entry below this index has been settled: its room may be used again, it never comes back. */
  acknowledge(below: number): void;
  /**
   * Tells the events that have come in.
   *
   * @param waitMs - how long the thread may be blocked until one has, or the store has started
   */
  poll(waitMs: number): void;
  /** Whether a thread of it hangs in a system call now, so that the process cannot exit by itself. */
  blocksExit(): boolean;
  /** Gives the folder back, once what was asked has been done, or the time is over. */
  close(timeoutMs: number): Promise<void>;
}

/** What a store tells its destination. */
export interface SpoolEvents {
  /** Once, before all others: the folder is ours. Entries from `first` on are from an earlier process; `next` is free. */
  opened(first: number, next: number): void;
  /** All entries below are on the disk. */
  appended(below: number): void;
  /** What was asked for, in order, of the entries below `to`. An index that is missing is damaged. */
  read(to: number, entries: readonly SpooledBody[]): void;
  /** The entries below were given up to keep under the bound. */
  dropped(below: number): void;
  /** Something did not work, and will be tried again. */
  failed(error: Error): void;
}

/** Opens a store; made by a plugin, called by the destination. */
export type OpenSpool = (events: SpoolEvents) => SpoolStore;
