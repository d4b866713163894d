import { RateLimit, type RateLimitOptions } from '../destination/rate-limit';
import { LEVELS, type Level } from '../level';
import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin, type ProcessorContext } from '../plugin/plugin';
import { type LogRecord } from '../record/log-record';
import { alwaysKept } from './always-kept';
import { summaryOf } from './repeats';

export interface RateLimitProcessorOptions extends RateLimitOptions {
  /** Records of this level and worse always pass; so do trades and audit records. @default 'critical' */
  keep?: Level;
}

/** How long after a drop its summary comes, when no record gets through before. */
const SUMMARY_AFTER_MS = 1000;

/**
 * Lets so many records pass per second and drops the others; one record says how many, when the next gets through or
 * a second later. A destination's own `rateLimit` delays instead.
 */
export function rateLimit(options: RateLimitProcessorOptions): Processor {
  return carriedProcessor(rateLimitPlugin, options);
}

export const rateLimitPlugin = definePlugin({
  kind: 'processor',
  type: 'rateLimit',
  schema: {
    type: 'object',
    properties: {
      perSecond: { type: 'number', exclusiveMinimum: 0 },
      burst: { type: 'integer', minimum: 1 },
      keep: { enum: LEVELS },
    },
    required: ['perSecond'],
  },
  create: ({ keep = 'critical', ...limits }: RateLimitProcessorOptions, context: ProcessorContext): Processor => {
    const kept = alwaysKept(keep);
    const bucket = new RateLimit(limits, performance.now());
    const dropped = new Dropped(limits.perSecond, context);
    return (record) => {
      if (kept(record)) return record;
      if (bucket.available(performance.now()) < 1) {
        dropped.add(record);
        return undefined;
      }
      bucket.spend(1);
      if (!dropped.say()) return record;
      // Behind the summary of what was before it.
      context.emit(record);
      return undefined;
    };
  },
});

class Dropped {
  readonly #perSecond: number;
  readonly #emit: ProcessorContext['emit'];
  #count = 0;
  #last: LogRecord | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(perSecond: number, { emit, onFlush }: ProcessorContext) {
    this.#perSecond = perSecond;
    this.#emit = emit;
    onFlush(() => this.say());
  }

  add(record: LogRecord): void {
    this.#count += 1;
    this.#last = record;
    this.#timer ??= setTimeout(() => this.say(), SUMMARY_AFTER_MS).unref();
  }

  /** @returns false when there is nothing to say */
  say(): boolean {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#last === undefined) return false;
    const { error: _, ...last } = this.#last;
    const message = `${this.#count} records dropped: more than ${this.#perSecond} a second`;
    const fields = { suppressed: this.#count, perSecond: this.#perSecond, lastMessage: last.message };
    this.#last = undefined;
    this.#count = 0;
    this.#emit(summaryOf(last, { level: 'warning', category: 'general', message, fields }));
    return true;
  }
}
