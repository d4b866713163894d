import { type PlainError } from '../keeper/messages';
import { type FileSettings } from '../options/file-settings';

/** What the logger's thread tells the writer thread. A bare number wakes that lane. */
export type ToWriter =
  | number
  | { readonly open: number; readonly shared: SharedArrayBuffer; readonly settings: FileSettings }
  | { readonly rotate: number; readonly request: number; readonly hangUp: boolean }
  | { readonly close: number };

/** What the writer thread answers: a bare number is a lane with news. */
export type FromWriter =
  | number
  | { readonly trouble: number; readonly error: PlainError }
  | { readonly rotated: number; readonly path?: string; readonly error?: PlainError }
  | { readonly closed: number };

export interface WriterData {
  /** Set to 1, and notified, when the thread takes messages. */
  readonly ready: Int32Array;
}
