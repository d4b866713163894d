import { existsSync } from 'node:fs';

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves with the promise's value, or with `undefined` after `ms`. */
export function atMost(ms, promise) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Waits for the harness to put a file there. Looks synchronously: libuv's pool may be hung on purpose. */
export async function untilFile(path) {
  while (!existsSync(path)) await pause(10);
}
