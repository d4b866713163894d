import { type Stats } from 'node:fs';

/** Whether a name and a descriptor lead to one file. */
export function isSameFile(named: Stats | undefined, opened: Stats | undefined): boolean {
  return named !== undefined && named.ino === opened?.ino && named.dev === opened.dev;
}
