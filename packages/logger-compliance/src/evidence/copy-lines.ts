import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parseSealLine, SEAL_PREFIX, type CheckpointLine, type EvidenceLine } from '../sealing/seal-line';
import { readLines } from '../verification/read-lines';

const CHUNK_BYTES = 1024 * 1024;

/** What of a file is worth looking at again. */
export interface CopiedLines {
  readonly lines: number;
  /** Lines of the seal with their place in the file, from 0. */
  readonly seals: readonly { readonly at: number; readonly line: CheckpointLine | EvidenceLine }[];
}

/**
 * Copies the lines of a log file, unpacked, and finds those of the seal.
 *
 * @param keepRest - whether a last line without an end is one that was sealed; else it is left out
 */
export async function copyLines(from: string, to: string, keepRest: boolean): Promise<CopiedLines> {
  const out = createWriteStream(to, { flags: 'wx' });
  const seals: { at: number; line: CheckpointLine | EvidenceLine }[] = [];
  let lines = 0;
  let waiting: Buffer[] = [];
  let bytes = 0;
  const send = (): void => {
    out.write(Buffer.concat(waiting));
    waiting = [];
    bytes = 0;
  };
  const add = (line: Buffer): void => {
    if (line.toString('latin1', 0, SEAL_PREFIX.length) === SEAL_PREFIX) {
      const parsed = parseSealLine(line.toString('utf8'));
      if (parsed !== undefined) seals.push({ at: lines, line: parsed });
    }
    lines += 1;
    waiting.push(Buffer.concat([line, Buffer.from('\n')]));
    bytes += line.length + 1;
    if (bytes >= CHUNK_BYTES) send();
  };
  const { rest } = await readLines(from, (all, start, end) => add(all.subarray(start, end)));
  if (rest !== undefined && keepRest) add(rest);
  send();
  out.end();
  await finished(out);
  return { lines, seals };
}
