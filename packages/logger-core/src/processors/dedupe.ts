import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin, type ProcessorContext } from '../plugin/plugin';
import { type LogRecord } from '../record/log-record';
import { type Repeats, summaryOf } from './repeats';

export interface DedupeOptions {
  /** For how long, from the first of them, records of one kind are taken for repetitions. @default 5000 */
  windowMs?: number;
  /** Fields that must be equal too, beside logger, level, category, message and the error's name and message. @default none */
  by?: readonly string[];
  /** Kinds of records remembered at once. @default 1000 */
  maxKinds?: number;
}

/**
 * Lets the first of equal records pass and keeps its repetitions back; at the end of the window one record says how
 * many there were. Trades and audit records always pass.
 */
export function dedupe(options: DedupeOptions = {}): Processor {
  return carriedProcessor(dedupePlugin, options);
}

export const dedupePlugin = definePlugin({
  kind: 'processor',
  type: 'dedupe',
  schema: {
    type: 'object',
    properties: {
      windowMs: { type: 'number', exclusiveMinimum: 0 },
      by: { type: 'array', items: { type: 'string' } },
      maxKinds: { type: 'integer', minimum: 1 },
    },
  },
  create: (options: DedupeOptions, context: ProcessorContext): Processor => {
    const window = new DedupeWindow(options, context);
    context.onFlush(() => window.endBefore(Infinity));
    return (record) => window.pass(record);
  },
});

class DedupeWindow {
  readonly #windowMs: number;
  readonly #by: readonly string[];
  readonly #maxKinds: number;
  readonly #emit: ProcessorContext['emit'];
  /** In the order in which their windows end. */
  readonly #kinds = new Map<string, Repeats>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ windowMs = 5000, by = [], maxKinds = 1000 }: DedupeOptions, { emit }: ProcessorContext) {
    this.#windowMs = windowMs;
    this.#by = by;
    this.#maxKinds = maxKinds;
    this.#emit = emit;
  }

  pass(record: LogRecord): LogRecord | undefined {
    if (record.category === 'audit' || record.category === 'trade') return record;
    const now = performance.now();
    const summaries = this.endBefore(now);
    const kind = this.#kindOf(record);
    const known = this.#kinds.get(kind);
    if (known !== undefined) {
      known.count += 1;
      known.last = record;
      if (this.#timer === undefined) this.#timer = setTimeout(() => this.#tick(), this.#windowMs).unref();
      return undefined;
    }
    if (this.#kinds.size >= this.#maxKinds) this.#end(...(this.#kinds.entries().next().value as [string, Repeats]));
    this.#kinds.set(kind, { untilMs: now + this.#windowMs, count: 0, last: undefined });
    if (summaries === 0) return record;
    // Behind the summaries of what was before it.
    this.#emit(record);
    return undefined;
  }

  /** Ends the windows that are over. @returns how many summaries that gave */
  endBefore(nowMs: number): number {
    let summaries = 0;
    for (const [kind, repeats] of this.#kinds) {
      if (repeats.untilMs > nowMs) break;
      if (this.#end(kind, repeats)) summaries += 1;
    }
    return summaries;
  }

  #end(kind: string, { count, last }: Repeats): boolean {
    this.#kinds.delete(kind);
    if (last === undefined) return false;
    const message = `repeated ${count} ${count === 1 ? 'time' : 'times'}: ${last.message}`;
    this.#emit(summaryOf(last, { message, fields: { ...last.fields, repeated: count } }));
    return true;
  }

  #tick(): void {
    this.#timer = undefined;
    this.endBefore(performance.now());
    for (const { untilMs, last } of this.#kinds.values()) {
      if (last === undefined) continue;
      this.#timer = setTimeout(() => this.#tick(), Math.max(1, untilMs - performance.now())).unref();
      return;
    }
  }

  #kindOf({ logger, level, category, message, error, fields }: LogRecord): string {
    const values = this.#by.map((key) => fields[key] ?? null);
    return JSON.stringify([logger, level, category, message, error?.name, error?.message, ...values]);
  }
}
