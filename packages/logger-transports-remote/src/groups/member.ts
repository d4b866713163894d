import {
  type DirectTransport,
  type Entry,
  isDirect,
  toError,
  type Transport,
  withBytes,
  type WriteResult,
} from '@metaexpert/logger-core';

/** What a direct transport has been given, and its answer, which may be there before any promise can tell. */
interface Handed {
  readonly batch: readonly Entry[];
  result: WriteResult | undefined;
}

/** What a group may take of the end of the process, in all. */
export const LAST_WRITE_MS = 500;
/** One slice of waiting for a transport at the end of the process. */
const SLICE_MS = 10;

/** A member of a group: its transport, with a time of its own for one write, and nothing thrown. */
export class Member {
  readonly name: string;
  readonly #transport: Transport;
  readonly #timeoutMs: number;
  #handed: Handed | undefined;

  constructor(name: string, transport: Transport, timeoutMs: number) {
    this.name = name;
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  /** What a lone transport would lose by throwing, another member may still deliver: it counts as `retry`. */
  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    let timer: NodeJS.Timeout | undefined;
    const controller = new AbortController();
    const over = new Promise<WriteResult>((resolve) => {
      const end = (error: Error): void => {
        controller.abort(error);
        resolve({ status: 'retry', error });
      };
      timer = setTimeout(() => end(new Error(`no answer within ${this.#timeoutMs} ms`)), this.#timeoutMs).unref();
      signal.addEventListener('abort', () => end(toError(signal.reason)), { once: true });
    });
    const answer = this.#ask(batch, controller.signal).catch((thrown: unknown): WriteResult => {
      return { status: 'retry', error: toError(thrown) };
    });
    return Promise.race([answer, over]).finally(() => clearTimeout(timer));
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#transport.close?.(signal);
  }

  /** Whether it can be written to without the event loop. */
  get endsProcess(): boolean {
    return isDirect(this.#transport) || this.#transport.writeSync !== undefined;
  }

  blocksExit(): boolean {
    return isDirect(this.#transport) && this.#transport.blocksExit?.() === true;
  }

  /**
   * The last resort, when the process is going down. What it was given before and has by now is not written again.
   *
   * @returns whether it has all of them
   */
  writeSync(batch: readonly Entry[], waitMs: number): boolean {
    const transport = this.#transport;
    try {
      if (isDirect(transport)) return this.#writeDirect(transport, batch, performance.now() + waitMs);
      transport.writeSync?.(batch);
      return transport.writeSync !== undefined;
    } catch {
      // Its group tries another, and says so when there is none.
      return false;
    }
  }

  #writeDirect(transport: DirectTransport, batch: readonly Entry[], endMs: number): boolean {
    const settled = (handed: Handed): boolean => {
      while (handed.result === undefined && performance.now() < endMs) transport.poll?.(SLICE_MS);
      return handed.result?.status === 'delivered';
    };
    const before = this.#handed;
    const known = before !== undefined && settled(before) ? new Set(before.batch) : new Set<Entry>();
    const open = batch.filter((entry) => !known.has(entry));
    if (open.length === 0) return true;
    let handed = this.#hand(transport, open);
    for (; handed === undefined && performance.now() < endMs; handed = this.#hand(transport, open))
      transport.poll?.(SLICE_MS);
    if (handed === undefined || !settled(handed)) return false;
    while (transport.finish?.(SLICE_MS) === false && performance.now() < endMs);
    return true;
  }

  async #ask(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const transport = this.#transport;
    if (!isDirect(transport)) return transport.write(batch, signal);
    return new Promise((resolve) => {
      if (this.#hand(transport, batch, resolve) === undefined)
        resolve({ status: 'retry', error: new Error('it has no room') });
    });
  }

  /** Undefined when it has no room. Durable, as nobody can tell a group which records are waited for. */
  #hand(
    transport: DirectTransport,
    batch: readonly Entry[],
    resolve?: (result: WriteResult) => void,
  ): Handed | undefined {
    const handed: Handed = { batch, result: undefined };
    const settle = (result: WriteResult): void => {
      handed.result = result;
      resolve?.(result);
    };
    if (!transport.submit(withBytes(batch), settle, true)) return undefined;
    this.#handed = handed;
    return handed;
  }
}

/** Closes all of them; the first error is thrown once all have been tried. */
export async function closeMembers(members: readonly Member[], signal: AbortSignal): Promise<void> {
  const closed = await Promise.allSettled(members.map((member) => member.close(signal)));
  const failed = closed.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw toError(failed.reason);
}
