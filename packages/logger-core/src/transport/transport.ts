import { type LineText } from '../record/line-text';
import { type LogRecord } from '../record/log-record';

/** One record on its way to one transport. */
export interface Entry {
  /** The text that the destination's formatter made, without a line ending. */
  readonly payload: string;
  readonly record: LogRecord;
}

/**
 * What became of a batch. A `partial` without an `error` is no failure: what it gives back goes again at once. Indexes of `partial` point into the batch; each index is named once. */
export type WriteResult =
  | { status: 'delivered' }
  | { status: 'retry'; afterMs?: number; error?: Error }
  | { status: 'rejected'; error: Error }
  | {
      status: 'partial';
      delivered: readonly number[];
      retry: readonly number[];
      rejected: readonly number[];
      error?: Error;
    };

/**
 * Code that delivers a batch somewhere. It has no queue, no retry and no counters: the destination around it
 * has them. `write` is called with at least one entry, in sequence, and not again before it has settled; the
 * batch may be kept until then. A throw or a rejection counts as `rejected`.
 */
export interface Transport {
  /** @param signal - aborts when the write has taken longer than the destination's `timeoutMs` */
  write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult>;
  /** Releases what is held; called once, after the last write. */
  close?(signal: AbortSignal): Promise<void>;
  /** Last resort, when the process is going down and nothing asynchronous will run any more. */
  writeSync?(batch: readonly Entry[]): void;
}

/** What a direct transport may use instead of the payload's text. */
export interface DirectEntry extends Entry {
  /** UTF-8 bytes of the payload. */
  readonly bytes: number;
  /** The payload as bytes, where it was written as such: one line. */
  readonly line?: LineText;
}

export type Settle = (result: WriteResult) => void;

/**
 * A transport that takes several batches before the first has settled, and can say synchronously what has
 * settled: one that hands bytes to another thread, or writes at once. It lets a busy loop that never yields be
 * delivered while it runs, and the end of the process wait for the disk.
 */
export interface DirectTransport extends Transport {
  /** How many batches it takes at once. */
  readonly maxInFlight: number;
  /**
   * Takes the batch, or answers false when it has no room now; then nothing was taken. `settle` is called once,
   * in the order of submission, possibly before `submit` returns. After a result other than `delivered`, the
   * batches behind it settle as `retry` and nothing of them was written.
   *
   * @param durable - settle only when the batch would survive a power cut
   * @param word - 24 bits for the stage of its lines, which gets a batch without entries too when it is not 0
   */
  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean, word?: number): boolean;
  /**
   * Settles what has finished.
   *
   * @param waitMs - how long the thread may be blocked until something has; 0 in normal running
   */
  poll?(waitMs: number): void;
  /** Blocks until it can take work, or the time is over; called once, when a logger is set up. */
  ready?(waitMs: number): void;
  /** Whether a thread of it hangs in a system call now, so that the process cannot exit by itself. */
  blocksExit?(): boolean;
  /**
   * The process is going down and every batch has settled: the last chance to write something of its own. Called again
   * until it answers true, that it has nothing more to do, or the time is over.
   *
   * @param waitMs - how long the thread may be blocked in one call
   */
  finish?(waitMs: number): boolean;
  /** How many files, or other parts, it has begun, where it has such; as of the last batch that has settled. */
  readonly segments?: number;
  /** Bytes that it has taken and that are not written yet, where it can tell. */
  readonly backlog?: number;
  /** Whether the stage that its context brought works on its lines, see {@link StageSource}. */
  readonly staged?: boolean;
}

export function isDirect(transport: Transport): transport is DirectTransport {
  return typeof (transport as Partial<DirectTransport>).submit === 'function';
}

/** Closes a transport, or gives up when the time is over. Rejects with what its `close` threw. */
export async function closeTransport(transport: Transport, timeoutMs: number): Promise<void> {
  if (transport.close === undefined) return;
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      controller.abort();
      resolve();
    }, timeoutMs);
  });
  await Promise.race([transport.close(controller.signal), late]).finally(() => clearTimeout(timer));
}
