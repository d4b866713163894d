import { type TimeSpan } from '../reports/read-records';
import { readFileTimes } from '../retention/file-times';

/** Files of a log, one behind the other. */
export interface FileRun {
  readonly files: readonly string[];
  /** Older files were left out. */
  readonly cutFront: boolean;
  /** Younger files were left out. */
  readonly cutBack: boolean;
}

/**
 * The files with records of a span of time, and one on each side: the checkpoint that proves the end of a file stands at
 * the beginning of the next one. All files when none has such records.
 */
export async function filesOfSpan(files: readonly string[], { fromMs, toMs }: TimeSpan): Promise<FileRun> {
  const all = { files, cutFront: false, cutBack: false };
  if (fromMs === -Infinity && toMs === Infinity) return all;
  const within: number[] = [];
  for (const [at, file] of files.entries()) {
    const { firstMs = Infinity, lastMs = -Infinity } = await readFileTimes(file);
    if (firstMs <= toMs && lastMs >= fromMs) within.push(at);
  }
  const [first, last] = [within[0], within.at(-1)];
  if (first === undefined || last === undefined) return all;
  const [begin, end] = [Math.max(0, first - 1), Math.min(files.length, last + 2)];
  return { files: files.slice(begin, end), cutFront: begin > 0, cutBack: end < files.length };
}
