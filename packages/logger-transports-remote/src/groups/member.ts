import { type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';

/** A member of a group: its transport, with a time of its own for one write, and nothing thrown. */
export class Member {
  readonly name: string;
  readonly #transport: Transport;
  readonly #timeoutMs: number;

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

  async #ask(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    return this.#transport.write(batch, signal);
  }
}

/** Closes all of them; the first error is thrown once all have been tried. */
export async function closeMembers(members: readonly Member[], signal: AbortSignal): Promise<void> {
  const closed = await Promise.allSettled(members.map((member) => member.close(signal)));
  const failed = closed.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw toError(failed.reason);
}
