import { type PlainError } from '../keeper/messages';
import { type FileSettings } from '../options/file-settings';

/**
 * The channel where worker threads offer their lanes to the writer threads that the main thread has started. Its name says
 * which form messages have: several versions of this package may be in one process.
 */
export const OFFERS = 'metaexpert-logger-file/1';

/** The channel of one lane, between its maker and its consumer. */
export function laneChannel(name: string): string {
  return `${OFFERS}/${name}`;
}

/** Says which lane is offered, and what its maker knows of the file; keys are not sent. */
export interface LaneOffer {
  readonly offer: string;
  readonly shared: SharedArrayBuffer;
  readonly settings: Omit<FileSettings, 'encryption'>;
  /** Changes with the key and how it is used; undefined when the file is to be plain. */
  readonly encryption: string | undefined;
}

/** What is said to all. */
export type ToAll =
  | LaneOffer
  /** The writer thread of that number has died. */
  | { readonly lost: number; readonly error: PlainError };

/** What a lane's maker says to its consumer. */
export type ToHost = 'wake' | 'close' | { readonly rotate: number; readonly hangUp: boolean };

/** What it hears. */
export type FromHost =
  | 'taken'
  | 'news'
  /** The lane was closed, or let go because it had nothing to do for long. */
  | 'closed'
  /** The file is written by other settings than asked for: the names of those that differ. */
  | { readonly differs: readonly string[] }
  | { readonly trouble: PlainError }
  | { readonly rotated: number; readonly path?: string; readonly error?: PlainError };
