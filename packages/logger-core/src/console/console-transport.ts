import { sleep } from '../destination/sleep';
import {
  type DirectEntry,
  type DirectTransport,
  type Entry,
  type Settle,
  type WriteResult,
} from '../transport/transport';
import { writeBySubmit } from '../transport/write-by-submit';
import { lineBytes, writeLines } from '../transport/write-lines';
import { isPlainStdio, type NonBlockingWrite, openStdio } from './stdio';

/** How soon a full pipe is tried again. */
const FULL_PIPE_MS = 5;

/** Text on its way, of which the reader has taken a part or nothing yet. */
interface Writing {
  rest: Buffer;
  readonly settle: Settle;
}

/**
 * stdout or stderr, one line a record. Written at once and without waiting: a reader that is slow costs queue, not
 * time, and is no failure; one that is gone (EPIPE) costs its records, not the process.
 */
export class ConsoleTransport implements DirectTransport {
  readonly maxInFlight = 1;
  readonly #fd: 1 | 2;
  #write: NonBlockingWrite | undefined;
  #writing: Writing | undefined;

  constructor(stream: 'stdout' | 'stderr') {
    this.#fd = stream === 'stdout' ? 1 : 2;
  }

  write(batch: readonly Entry[]): Promise<WriteResult> {
    return writeBySubmit(this, batch);
  }

  submit(batch: readonly DirectEntry[], settle: Settle): boolean {
    if (this.#writing !== undefined) return false;
    const stream = this.#fd === 1 ? process.stdout : process.stderr;
    if (isPlainStdio(stream)) {
      this.#writing = { rest: toBytes(batch), settle };
      this.#continue();
    } else settle(writeToStream(stream, toBytes(batch).toString()));
    return true;
  }

  poll(waitMs: number): void {
    this.#pump();
    if (this.#writing === undefined || waitMs <= 0) return;
    sleep(Math.min(waitMs, FULL_PIPE_MS));
    this.#pump();
  }

  /** Goes on until the reader has taken all, a moment at a time. */
  #continue(): void {
    this.#pump();
    // Unref'd: what waits at the end of the process is the exit hooks' to wait for.
    if (this.#writing !== undefined) setTimeout(() => this.#continue(), FULL_PIPE_MS).unref();
  }

  #pump(): void {
    const writing = this.#writing;
    if (writing === undefined) return;
    try {
      this.#write ??= openStdio(this.#fd);
      writing.rest = writing.rest.subarray(this.#write(writing.rest));
      if (writing.rest.length > 0) return;
      this.#writing = undefined;
      writing.settle({ status: 'delivered' });
    } catch (thrown) {
      this.#writing = undefined;
      writing.settle({ status: 'rejected', error: thrown as Error });
    }
  }
}

/** Somebody's own `write` (a test runner's, a capture's): it may never call back, so taking the text is all it says. */
function writeToStream(stream: NodeJS.WriteStream, text: string): WriteResult {
  try {
    stream.write(text, () => undefined);
    return { status: 'delivered' };
  } catch (thrown) {
    return { status: 'rejected', error: thrown as Error };
  }
}

function toBytes(batch: readonly DirectEntry[]): Buffer {
  const bytes = Buffer.allocUnsafe(lineBytes(batch));
  writeLines(batch, bytes, 0);
  return bytes;
}
