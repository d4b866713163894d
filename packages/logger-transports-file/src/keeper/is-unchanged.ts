import { statSync, type Stats } from 'node:fs';

/** Whether a file is still the one that it was: neither gone, nor another, nor written to. */
export function isUnchanged(path: string, before: Stats): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  return (
    now !== undefined &&
    now.ino === before.ino &&
    now.dev === before.dev &&
    now.size === before.size &&
    now.mtimeMs === before.mtimeMs
  );
}
