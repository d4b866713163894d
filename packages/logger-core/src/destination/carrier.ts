import { LoggerError, toError } from '../errors';
import {
  type DirectEntry,
  type Entry,
  isDirect,
  type DirectTransport,
  type Settle,
  type Transport,
  type WriteResult,
} from '../transport/transport';
import { checkResult } from './check-result';

/**
 * Makes every transport look the same to its destination: takes batches, settles each exactly once, in order,
 * and never throws. A direct transport passes through; any other gets one batch at a time, a time limit, and
 * `rejected` for whatever it throws.
 */
export interface Carrier {
  /** Whether it goes on without the event loop: `poll` settles what has finished. */
  readonly direct: boolean;
  readonly maxInFlight: number;
  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean;
  poll(waitMs: number): void;
  /** Lets the transport write its own last word; true when it has. */
  finish(waitMs: number): boolean;
}

export function createCarrier(transport: Transport, timeoutMs: number): Carrier {
  return isDirect(transport) ? new DirectCarrier(transport) : new PromiseCarrier(transport, timeoutMs);
}

class DirectCarrier implements Carrier {
  readonly direct = true;
  readonly #transport: DirectTransport;

  constructor(transport: DirectTransport) {
    this.#transport = transport;
  }

  get maxInFlight(): number {
    return this.#transport.maxInFlight;
  }

  submit(batch: readonly DirectEntry[], settle: Settle, durable: boolean): boolean {
    try {
      return this.#transport.submit(batch, (result) => settle(checked(result, batch)), durable);
    } catch (thrown) {
      settle(threw(thrown));
      return true;
    }
  }

  poll(waitMs: number): void {
    try {
      this.#transport.poll?.(waitMs);
    } catch (thrown) {
      // What it had is still under way by the counters; a broken poll must not reach the caller of a log method.
      process.emitWarning(toError(thrown).message, 'LoggerTransportWarning');
    }
  }

  finish(waitMs: number): boolean {
    try {
      return this.#transport.finish?.(waitMs) ?? true;
    } catch (thrown) {
      process.emitWarning(toError(thrown).message, 'LoggerTransportWarning');
      return true;
    }
  }
}

class PromiseCarrier implements Carrier {
  readonly direct = false;
  readonly maxInFlight = 1;
  readonly #transport: Transport;
  readonly #timeoutMs: number;

  constructor(transport: Transport, timeoutMs: number) {
    this.#transport = transport;
    this.#timeoutMs = timeoutMs;
  }

  submit(batch: readonly Entry[], settle: Settle): boolean {
    const controller = new AbortController();
    let settled = false;
    const once = (result: WriteResult): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      settle(checked(result, batch));
    };
    const timer = setTimeout(() => {
      const error = new LoggerError('MXL_WRITE_TIMEOUT', `no answer within ${this.#timeoutMs} ms`);
      controller.abort(error);
      once({ status: 'retry', error });
    }, this.#timeoutMs);
    timer.unref();
    this.#write(batch, controller.signal).then(once, (thrown: unknown) => once(threw(thrown)));
    return true;
  }

  poll(): void {
    // A promise settles when the event loop turns, and not before.
  }

  finish(): boolean {
    return true;
  }

  // Async, so that a synchronous throw is a rejection like any other.
  async #write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    return this.#transport.write(batch, signal);
  }
}

function threw(thrown: unknown): WriteResult {
  const error = toError(thrown);
  return { status: 'rejected', error: new LoggerError('MXL_TRANSPORT_THREW', error.message, error) };
}

function checked(result: unknown, batch: readonly Entry[]): WriteResult {
  return (
    checkResult(result, batch.length) ?? threw(new Error('the transport answered something that is no WriteResult'))
  );
}
