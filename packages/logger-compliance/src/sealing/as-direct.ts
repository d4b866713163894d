import { type DirectEntry, type DirectTransport, isDirect, type Settle, type Transport } from '@metaexpert/logger-core';

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

/** A transport without what only direct ones have, so that its destination gives each write a time limit. */
export function withoutDirect(transport: DirectTransport): Transport {
  return {
    write: (batch, signal) => transport.write(batch, signal),
    close: (signal) => transport.close?.(signal) ?? Promise.resolve(),
  };
}
