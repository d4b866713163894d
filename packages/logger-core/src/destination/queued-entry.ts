import { type LineText } from '../record/line-text';
import { type DirectEntry } from '../transport/transport';

/** An entry as destinations hold it: with what queue accounting and overflow policies need. */
export interface QueuedEntry extends DirectEntry {
  /** Rank of the record's level; 0 is the most severe. */
  readonly rank: number;
  /** What a winston format made of the record; for entries with a `line`, whose record need not be read to know. */
  readonly text?: string | undefined;
  /** The record's own line, where {@link line} is not that. */
  readonly recordLine?: LineText;
  /** Told what became of the entry; only records of `log.audit()` carry one. */
  readonly watcher?: EntryWatcher;
}

/** Somebody who waits for the fate of one entry. */
export interface EntryWatcher {
  /** @param reason - why it was dropped; undefined when it was delivered */
  settled(destination: string, reason: string | undefined, error: Error | undefined): void;
}
