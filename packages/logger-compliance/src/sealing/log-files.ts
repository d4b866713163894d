import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

interface LogFile {
  readonly path: string;
  /** What stands for `%DATE%`, else ''. */
  readonly date: string;
  /** The number behind the name; infinite for the live file. */
  readonly number: number;
  readonly modifiedMs: number;
}

const ARCHIVE = '(?:\\.(?:gz|br|zst))?';

/**
 * The files of a log rotated by date or size, oldest first, the live one last, by their names; a file of which an
 * archive exists too is named once.
 *
 * @param path - of the live file, with `%DATE%` where a date stands
 * @returns nothing when there is no such folder
 */
export function findLogFiles(path: string): string[] {
  const files = namesIn(dirname(path)).flatMap((name) => describe(path, name));
  const dates = new Map<string, number>();
  for (const { date, modifiedMs } of files) dates.set(date, Math.max(modifiedMs, dates.get(date) ?? 0));
  files.sort(
    (a, b) =>
      (dates.get(a.date) ?? 0) - (dates.get(b.date) ?? 0) ||
      (a.date < b.date ? -1 : Number(a.date > b.date)) ||
      compare(a.number, b.number) ||
      a.path.length - b.path.length,
  );
  return files
    .filter((file, at) => file.date !== files[at - 1]?.date || file.number !== files[at - 1]?.number)
    .map((file) => file.path);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}

function describe(path: string, name: string): LogFile[] {
  const [before = '', after] = basename(path).split('%DATE%');
  const date = after === undefined ? '()' : `(.+?)${escapeRegExp(after)}`;
  const match = new RegExp(`^${escapeRegExp(before)}${date}(?:\\.(\\d+))?${ARCHIVE}$`, 'u').exec(name);
  const file = join(dirname(path), name);
  const stats = match === null ? undefined : lstatSync(file, { throwIfNoEntry: false });
  // Not through links: the one to the live file of a dated path may match the pattern.
  if (match === null || stats?.isFile() !== true) return [];
  const number = match[2] === undefined ? Infinity : Number(match[2]);
  return [{ path: file, date: match[1] ?? '', number, modifiedMs: stats.mtimeMs }];
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
