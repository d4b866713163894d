import { setImmediate as yieldToLoop } from 'node:timers/promises';

// Someone who fell behind (a garbage collection, another process) catches up in bursts of this size, not in one go.
const longestBurst = 100;

/**
 * Calls `act(index)` `perSecond` times a second. The loop waits by turning the event loop, so timers and writes go on,
 * and it never sleeps, because a timer's resolution of a millisecond would make bursts of ten.
 */
export async function pace({ perSecond, seconds, act }) {
  const intervalMs = 1000 / perSecond;
  const count = Math.round(perSecond * seconds);
  const start = performance.now();
  let burst = 0;
  for (let index = 0; index < count; index += 1) {
    const due = start + index * intervalMs;
    while (performance.now() < due || burst >= longestBurst) {
      burst = 0;
      await yieldToLoop();
    }
    burst += 1;
    act(index);
  }
  return { count, perSecond: (count / (performance.now() - start)) * 1000 };
}
