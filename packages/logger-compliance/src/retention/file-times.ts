import { readLines } from '../verification/read-lines';
import { lineTimestamp } from './line-timestamp';

/** When the records of a file were made, in ms since 1970; undefined where no line tells a time. */
export interface FileTimes {
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** Reads the whole file: what is to be erased is looked at before, whatever the file system says of its age. */
export async function readFileTimes(path: string): Promise<FileTimes> {
  let [firstMs, lastMs]: (number | undefined)[] = [];
  await readLines(path, (bytes, start, end) => {
    const ms = lineTimestamp(bytes, start, end);
    if (ms === undefined) return;
    firstMs = Math.min(firstMs ?? ms, ms);
    lastMs = Math.max(lastMs ?? ms, ms);
  });
  return { firstMs, lastMs };
}
