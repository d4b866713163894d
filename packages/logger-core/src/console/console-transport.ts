import { type DirectTransport, type Settle, type WriteResult } from '../transport/transport';
import { type Entry } from '../transport/transport';
import { isPlainStdio, type NonBlockingWrite, openStdio } from './stdio';

/** How soon a full pipe is tried again. */
const FULL_PIPE_RETRY_MS = 10;

/**
 * stdout or stderr, one line a record. Written at once and without waiting: a reader that stalls costs queue, not
 * time, and a reader that is gone (EPIPE) costs its records, not the process.
 */
export class ConsoleTransport implements DirectTransport {
  readonly maxInFlight = 1;
  readonly #fd: 1 | 2;
  #write: NonBlockingWrite | undefined;
  /** What the pipe took only a part of; it goes first, so that no line is torn. */
  #rest: Buffer | undefined;

  constructor(stream: 'stdout' | 'stderr') {
    this.#fd = stream === 'stdout' ? 1 : 2;
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    return new Promise((resolve) => this.submit(batch, resolve));
  }

  submit(batch: readonly Entry[], settle: Settle): boolean {
    const stream = this.#fd === 1 ? process.stdout : process.stderr;
    if (isPlainStdio(stream)) settle(this.#writeLines(batch));
    else
      stream.write(toText(batch), (error) => settle(error ? { status: 'rejected', error } : { status: 'delivered' }));
    return true;
  }

  #writeLines(batch: readonly Entry[]): WriteResult {
    try {
      this.#write ??= openStdio(this.#fd);
      if (this.#rest !== undefined && !this.#finishRest(this.#write))
        return { status: 'retry', afterMs: FULL_PIPE_RETRY_MS };
      const bytes = Buffer.from(toText(batch));
      const written = this.#write(bytes);
      if (written === bytes.length) return { status: 'delivered' };
      return this.#partial(batch, bytes, written);
    } catch (thrown) {
      this.#rest = undefined;
      return { status: 'rejected', error: thrown as Error };
    }
  }

  #finishRest(write: NonBlockingWrite): boolean {
    const rest = this.#rest as Buffer;
    const written = write(rest);
    this.#rest = written === rest.length ? undefined : rest.subarray(written);
    return this.#rest === undefined;
  }

  /** A line that has begun counts as delivered: its rest is kept and goes out before anything else. */
  #partial(batch: readonly Entry[], bytes: Buffer, written: number): WriteResult {
    const delivered: number[] = [];
    const retry: number[] = [];
    let end = 0;
    batch.forEach((entry, index) => {
      const start = end;
      end += Buffer.byteLength(entry.payload) + 1;
      (start < written ? delivered : retry).push(index);
      if (start < written && end > written) this.#rest = bytes.subarray(written, end);
    });
    return { status: 'partial', delivered, retry, rejected: [], error: new Error('the reader of the console is slow') };
  }
}

function toText(batch: readonly Entry[]): string {
  let text = '';
  for (const entry of batch) text += entry.payload + '\n';
  return text;
}
