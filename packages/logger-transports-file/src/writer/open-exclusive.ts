import { openSync } from 'node:fs';

/** A file that nobody else writes to. */
export interface ExclusiveFile {
  readonly fd: number;
  readonly path: string;
}

/** Makes a temporary file: of the wanted name, or beside it when a crash or another process has that one. */
export function openExclusive(stem: string, suffix: string): ExclusiveFile {
  for (let path = `${stem}${suffix}`; ; path = `${stem}.${process.pid}-${randomText()}${suffix}`) {
    try {
      return { fd: openSync(path, 'wx'), path };
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    }
  }
}

/** Containers have the same process ids. */
function randomText(): string {
  return Math.random().toString(36).slice(2, 10).padEnd(8, '0');
}
