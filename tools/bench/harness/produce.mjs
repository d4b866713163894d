import { setImmediate as yieldToLoop } from 'node:timers/promises';

/**
 * Logs `count` records as fast as the logger accepts them. Every `yieldEvery` records the event loop turns once, for
 * every logger alike, so that none wins or loses by what its queue does while nothing can be written; 0 is one
 * synchronous burst.
 */
export async function produce(log, build, { from, count, yieldEvery }) {
  const end = from + count;
  for (let index = from; index < end; index += 1) {
    log.info(build(index), index);
    if (yieldEvery > 0 && (index - from + 1) % yieldEvery === 0) await yieldToLoop();
  }
}
