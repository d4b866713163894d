import { type Entry, type Transport, type WriteResult } from '../transport/transport';

/** Answers as it is told: with a result, or by throwing an error. Delivers while it is told nothing. */
export class FailingTransport implements Transport {
  readonly delivered: Entry[] = [];
  /** Calls of `write` so far. */
  writes = 0;
  /** What the next writes do; undefined delivers. */
  answer: WriteResult | Error | undefined;

  constructor(answer?: WriteResult | Error) {
    this.answer = answer;
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    this.writes += 1;
    if (this.answer instanceof Error) throw this.answer;
    const result = this.answer ?? { status: 'delivered' };
    if (result.status === 'delivered') this.delivered.push(...batch);
    if (result.status === 'partial') this.delivered.push(...result.delivered.flatMap((index) => batch[index] ?? []));
    return result;
  }
}
