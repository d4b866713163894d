const NEVER_NOTIFIED = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread; only the end of the process may do that. */
export function sleep(ms: number): void {
  Atomics.wait(NEVER_NOTIFIED, 0, 0, ms);
}
