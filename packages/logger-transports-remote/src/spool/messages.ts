import { type SpooledBody } from '@metaexpert/logger-core';
import { type MessagePort } from 'node:worker_threads';

/** What the thread of a spool is asked, in this order. */
export type ToSpool =
  | { readonly append: Uint8Array; readonly below: number }
  | { readonly read: number; readonly limits: { readonly maxRecords: number; readonly maxBytes: number } }
  | { readonly acknowledge: number }
  | { readonly close: true };

/** What it says. */
export type FromSpool =
  | { readonly opened: number; readonly next: number }
  | { readonly appended: number }
  | { readonly read: number; readonly entries: readonly SpooledBody[] }
  | { readonly dropped: number }
  | { readonly failed: Error; readonly locked?: boolean }
  | { readonly waiting: true }
  | { readonly closed: true };

export interface SpoolWorkerData {
  readonly dir: string;
  readonly maxBytes: number;
  readonly fsync: boolean;
  readonly port: MessagePort;
  /** Numbers that both sides see, at the places of {@link SIGNALS}. */
  readonly signals: Int32Array;
}

/** `moved` counts everything that has happened, to be waited on; `done` what was asked and is finished. */
export const SIGNALS = { moved: 0, done: 1, busy: 2 } as const;
