import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { readPlain, readSlices } from '../compression/read-slices';
import { lineTime } from '../reading/line-time';
import { type ManifestEntry } from './manifest';

const LINE_FEED = 10;
const BRACE = 123;
const CLOSING_BRACE = 125;

/** What the manifest says of a file, told by the file alone. */
export async function summarizeFile(path: string, onSlice?: () => void): Promise<ManifestEntry> {
  const { bytes, sha256 } = digestFile(path, onSlice);
  const contents = new Contents();
  for await (const chunk of readPlain(path, onSlice)) contents.take(chunk);
  return { name: basename(path), ...contents.summary(), bytes, sha256 };
}

/** Size and SHA-256 of a file as it is stored. Synchronous, for a thread of its own. */
export function digestFile(path: string, onSlice?: () => void): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const slice of readSlices(path, onSlice)) {
    hash.update(slice);
    bytes += slice.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Counts and times of lines that come in chunks. */
class Contents {
  #rest: Buffer = Buffer.alloc(0);
  #lines = 0;
  #objects = 0;
  #firstMs = Infinity;
  #lastMs = -Infinity;
  #first: Buffer | undefined;
  #last: Buffer | undefined;

  take(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#line(bytes.subarray(start, end));
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
  }

  summary(): Pick<ManifestEntry, 'firstTime' | 'lastTime' | 'firstSeq' | 'lastSeq' | 'records'> {
    return {
      firstTime: toIso(this.#firstMs),
      lastTime: toIso(this.#lastMs),
      firstSeq: seqOf(this.#first),
      lastSeq: seqOf(this.#last),
      // Among JSON lines one that is none was torn by a crash.
      records: this.#objects > 0 ? this.#objects : this.#lines,
    };
  }

  #line(line: Buffer): void {
    if (line.length === 0) return;
    this.#lines += 1;
    const object = line[0] === BRACE && line[line.length - 1] === CLOSING_BRACE;
    if (!object && this.#objects > 0) return;
    const atMs = lineTime(line);
    if (!Number.isNaN(atMs)) {
      this.#firstMs = Math.min(this.#firstMs, atMs);
      this.#lastMs = Math.max(this.#lastMs, atMs);
    }
    if (!object) return;
    this.#objects += 1;
    this.#first ??= line;
    this.#last = line;
  }
}

function seqOf(line: Buffer | undefined): number | null {
  if (line === undefined) return null;
  try {
    const { seq } = JSON.parse(line.toString()) as { seq?: unknown };
    return typeof seq === 'number' ? seq : null;
  } catch {
    return null;
  }
}

function toIso(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
