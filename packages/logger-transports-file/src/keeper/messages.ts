import { type RestoreOrder } from '../archive/restore-files';
import { type FileSettings } from '../options/file-settings';

/** What a keeper thread is asked to do. */
export type KeeperTask =
  | {
      readonly keep: {
        readonly settings: FileSettings;
        readonly livePath: string;
        /** Of the lane. */
        readonly memory: SharedArrayBuffer;
        /** Whether others write to the same path. */
        readonly shared: boolean;
      };
    }
  | { readonly restore: RestoreOrder }
  | { readonly rebuild: string };

export type ToKeeper = { readonly id: number } & KeeperTask;

export interface PlainError {
  readonly message: string;
  readonly code?: string;
}

/** What it answers. */
export interface FromKeeper {
  readonly id: number;
  readonly result?: unknown;
  /** Why it could not be done. */
  readonly error?: PlainError;
  /** What went wrong while it was done. */
  readonly failures?: readonly PlainError[];
}

/** An error as it crosses the thread boundary, which would drop its code. */
export function toPlainError(thrown: unknown): PlainError {
  const { message, code } = thrown as NodeJS.ErrnoException;
  return { message, ...(code !== undefined && { code }) };
}
