import { type StageSource } from '@metaexpert/logger-core';
import { type PlainError } from '../keeper/messages';
import { type FileSettings } from '../options/file-settings';

/** What crosses of a stage's source. */
export type StageParts = Pick<StageSource, 'module' | 'data'>;

/** What the logger's thread tells the writer thread. A bare number wakes that lane. */
export type ToWriter =
  | number
  | {
      readonly open: number;
      readonly shared: SharedArrayBuffer;
      readonly settings: FileSettings;
      readonly stage: StageParts | undefined;
    }
  | { readonly rotate: number; readonly request: number; readonly hangUp: boolean }
  | { readonly close: number }
  /** The process ends: what worker threads have put into their lanes, and may not be there to wait for, has to be written. */
  | { readonly settle: number }
  /** Nobody here has a lane any more: may the thread end? */
  | { readonly end: true };

/** What the writer thread answers: a bare number is a lane with news. */
export type FromWriter =
  | number
  | { readonly trouble: number; readonly error: PlainError }
  /** A lane's stage says something. */
  | { readonly staged: number; readonly message: unknown }
  | { readonly rotated: number; readonly path?: string; readonly error?: PlainError }
  | {
      readonly closed: number;
      /** Whether the thread has lanes still. */
      readonly needed: boolean;
      /** Whether lanes of worker threads write the same path. */
      readonly left: boolean;
    }
  /** The last lane of a worker thread is gone. */
  | { readonly unneeded: true }
  /** The thread takes no more lanes and may be ended. */
  | { readonly ended: true };

/** The words that a writer thread shares with the thread that has started it. */
export const STATE = {
  /** Set to 1, and notified, when it takes messages. */
  ready: 0,
  /** Odd while it is inside a system call for a worker thread's lane; notified. */
  guestCalls: 1,
  /** How many lanes of worker threads it has. */
  guests: 2,
  /** The number of the last request to settle that it has come to the end of; notified. */
  settled: 3,
} as const;

export interface WriterData {
  /** Words at the places of {@link STATE}. */
  readonly state: Int32Array;
  /** What the thread is called in the lanes of worker threads; undefined when it takes none, because it ends with a worker thread itself. */
  readonly number: number | undefined;
  /** Whose files it writes. */
  readonly directory: string;
}
