/**
 * Half a million records a second fill a queue of 10,000 in 20 ms, and a full one drops and counts: a row that is about
 * something else gives its healthy destination room for when a disk or thread is late by more.
 */
export const ROOM_FOR_A_BURST = { maxRecords: 50_000 };

/** A record of about 245 bytes as a JSON line, numbered so that a checker can tell lost, doubled and torn ones. */
export function fieldsOf(n) {
  return {
    n,
    symbol: 'BTCUSDT',
    side: n % 2 === 0 ? 'BUY' : 'SELL',
    quantity: '0.015',
    price: '64123.5',
    orderId: `order-${n}`,
    strategy: 'ema-cross',
    note: 'crossed above on the close',
  };
}

/** Logs one numbered record; whatever the call site gets to feel goes into `felt`. */
function logOne(log, n, felt) {
  const start = performance.now();
  try {
    log.info('order placed', fieldsOf(n));
    felt.accepted += 1;
  } catch (error) {
    felt.threw += 1;
    felt.firstThrow ??= String(error);
  }
  felt.slowestCallMs = Math.max(felt.slowestCallMs, performance.now() - start);
}

/** What a call site felt so far: nothing. */
const unfelt = () => ({ accepted: 0, threw: 0, firstThrow: undefined, slowestCallMs: 0 });

/** Logs `count` records in one go, without giving the event loop a turn. */
export function burst(log, count, { from = 1, felt = unfelt() } = {}) {
  for (let n = from; n < from + count; n += 1) logOne(log, n, felt);
  return felt;
}

/** Logs `count` records and lets the event loop turn once every 1,000. */
export async function produce(log, count, { from = 1, yieldEvery = 1000 } = {}) {
  const felt = unfelt();
  for (let n = from; n < from + count; n += yieldEvery) {
    burst(log, Math.min(yieldEvery, from + count - n), { from: n, felt });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return felt;
}
