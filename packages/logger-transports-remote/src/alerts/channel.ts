import { type AlertMessage } from './alert-engine';

/** What became of one message. */
export type Sent =
  | { readonly status: 'sent' }
  /** Not now: it is tried again, not before `afterMs` when the other side has said so. */
  | { readonly status: 'later'; readonly afterMs?: number | undefined; readonly error: Error }
  /** Not ever: the message, or who sends it, is not accepted. */
  | { readonly status: 'refused'; readonly error: Error };

/** Brings a text to one chat, one address, one hook. */
export interface Channel {
  /** What must stand in no text that is sent, and in no error. */
  readonly secrets: readonly string[];
  /** @param text - masked */
  send(text: string, message: AlertMessage, signal: AbortSignal): Promise<Sent>;
  /** Nothing is sent any more. */
  close?(): void;
}
