import { type RetryOptions } from './backoff';
import { type BreakerOptions } from './breaker';
import { type Overflow } from './overflow';
import { type RateLimitOptions } from './rate-limit';

/** A destination's options with every default filled in. */
export interface DestinationSettings {
  readonly name: string;
  readonly type: string;
  readonly delivery: 'safe' | 'audit';
  readonly queue: { readonly maxRecords: number; readonly maxBytes: number; readonly overflow: Overflow };
  readonly batch: { readonly maxRecords: number; readonly maxBytes: number; readonly maxDelayMs: number };
  readonly retry: RetryOptions;
  readonly breaker: BreakerOptions;
  readonly rateLimit: RateLimitOptions | undefined;
  readonly timeoutMs: number;
}

/** What of the settings may be given; a plugin may bring defaults of its own in the same shape. */
export interface SettingsInput {
  readonly type: string;
  readonly name?: string | undefined;
  readonly delivery?: 'safe' | 'audit' | undefined;
  readonly queue?: Partial<DestinationSettings['queue']> | undefined;
  readonly batch?: Partial<DestinationSettings['batch']> | undefined;
  readonly retry?: Partial<RetryOptions> | undefined;
  readonly breaker?: Partial<BreakerOptions> | undefined;
  readonly rateLimit?: RateLimitOptions | undefined;
  readonly timeoutMs?: number | undefined;
  /** A disk for what the queue has no room for; with one, `overflow` is `spool`. Its keys are its plugin's. */
  readonly spool?: object | undefined;
}

/** Defaults of DESIGN 4.2; where it is silent: batches of 500 records or 512 KiB, at most 5 ms late. */
export function resolveSettings(input: SettingsInput, own: Omit<SettingsInput, 'type'> = {}): DestinationSettings {
  const delivery = input.delivery ?? own.delivery ?? 'safe';
  return {
    name: input.name ?? own.name ?? input.type,
    type: input.type,
    delivery,
    queue: {
      maxRecords: 10_000,
      maxBytes: 16_777_216,
      overflow: input.spool !== undefined ? 'spool' : delivery === 'audit' ? 'block' : 'drop_oldest',
      ...own.queue,
      ...input.queue,
    },
    batch: { maxRecords: 500, maxBytes: 524_288, maxDelayMs: 5, ...own.batch, ...input.batch },
    retry: { minDelayMs: 100, maxDelayMs: 30_000, maxElapsedMs: Infinity, ...own.retry, ...input.retry },
    breaker: { failures: 5, cooldownMs: 10_000, ...own.breaker, ...input.breaker },
    rateLimit: input.rateLimit ?? own.rateLimit,
    timeoutMs: input.timeoutMs ?? own.timeoutMs ?? 10_000,
  };
}
