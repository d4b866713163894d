import { closeSync } from 'node:fs';

/** Closes a descriptor that nothing more is expected of. */
export function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // Nothing can be done about a descriptor that will not close; its data were written before.
    return;
  }
}
