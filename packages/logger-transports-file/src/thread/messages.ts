import { type FileSettings } from '../file-options';

/** What the logger's thread tells the writer thread. A bare number wakes that lane. */
export type ToWriter =
  | number
  | { readonly open: number; readonly shared: SharedArrayBuffer; readonly settings: FileSettings }
  | { readonly close: number };

/** What the writer thread answers: a bare number is a lane with news. */
export type FromWriter = number | { readonly closed: number };

export interface WriterData {
  /** Set to 1, and notified, when the thread takes messages. */
  readonly ready: Int32Array;
}
