import {
  type DirectEntry,
  type DirectTransport,
  type Entry,
  isDirect,
  type Settle,
  type Transport,
  withBytes,
  type WriteResult,
} from '@metaexpert/logger-core';

/** Any transport in the shape of a direct one, of one batch at a time; it still needs the event loop. */
export function asDirect(transport: Transport, timeoutMs: number): DirectTransport {
  if (isDirect(transport)) return transport;
  let busy = false;
  return {
    maxInFlight: 1,
    write: (batch, signal) => transport.write(batch, signal),
    submit(batch: readonly DirectEntry[], settle: Settle): boolean {
      if (busy) return false;
      busy = true;
      const done: Settle = (result) => {
        busy = false;
        settle(result);
      };
      transport.write(batch, AbortSignal.timeout(timeoutMs)).then(done, (thrown: unknown) => {
        done({ status: 'rejected', error: thrown as Error });
      });
      return true;
    },
    ...(transport.close && { close: (signal: AbortSignal) => transport.close?.(signal) ?? Promise.resolve() }),
  };
}

/** A write of a direct transport that has nothing of its own for it. */
export function writeThrough(
  transport: Pick<DirectTransport, 'submit'>,
  batch: readonly Entry[],
): Promise<WriteResult> {
  return new Promise((resolve) => {
    if (!transport.submit(withBytes(batch), resolve, false))
      resolve({ status: 'retry', error: new Error('the destination has no room') });
  });
}

/** A transport without what only direct ones have, so that its destination gives each write a time limit. */
export function withoutDirect(transport: DirectTransport): Transport {
  return {
    write: (batch, signal) => transport.write(batch, signal),
    close: (signal) => transport.close?.(signal) ?? Promise.resolve(),
  };
}
