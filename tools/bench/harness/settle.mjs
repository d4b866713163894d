import { setTimeout as sleep } from 'node:timers/promises';
import { bytesIn } from './log-files.mjs';

const quietMs = 200;
const deadlineMs = 30_000;

/** Waits until nothing has been added to the files for a while; resolves with what they hold. */
export async function settle(directory) {
  const start = performance.now();
  for (let bytes = bytesIn(directory); performance.now() - start < deadlineMs;) {
    await sleep(quietMs);
    const now = bytesIn(directory);
    if (now === bytes) return bytes;
    bytes = now;
  }
  throw new Error(`the files still grow after ${deadlineMs / 1000} s`);
}
