import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The manifest's name in an archive folder. */
export const MANIFEST_NAME = 'manifest.jsonl';

/**
 * One archived file: a line of the manifest, which is JSON Lines and only ever appended to. What cannot be told
 * (an encrypted file, lines that are not JSON) is null.
 */
export interface ManifestEntry {
  /** Of the file, in the archive folder. */
  readonly name: string;
  /** Earliest and latest `timestamp` in the file, ISO 8601. */
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  /** `seq` of the first and the last record. */
  readonly firstSeq: number | null;
  readonly lastSeq: number | null;
  readonly records: number | null;
  /** Size and digest (SHA-256, hex) of the file as it is stored. */
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * What an archive folder says of its files, oldest first; empty when there is no manifest. A damaged line is left
 * out: the file that it was about is in the folder all the same, and the next archiving run rebuilds the manifest.
 */
export async function readManifest(folder: string): Promise<ManifestEntry[]> {
  let text: string;
  try {
    text = await readFile(join(folder, MANIFEST_NAME), 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
  return parseManifest(text).entries;
}

/** The entries of a manifest's text, one for a name (the last), oldest first; and whether there was more than a torn end. */
export function parseManifest(text: string): { entries: ManifestEntry[]; damaged: boolean } {
  const entries = new Map<string, ManifestEntry>();
  const lines = text.split('\n');
  // What follows the last line break is nothing, or a line that a crash has torn.
  lines.pop();
  let damaged = false;
  for (const line of lines) {
    const entry = parseEntry(line);
    if (entry !== undefined) entries.set(entry.name, entry);
    else damaged = true;
  }
  return { entries: [...entries.values()].sort(byTime), damaged };
}

function byTime(a: ManifestEntry, b: ManifestEntry): number {
  const [first, second] = [a.firstTime ?? a.lastTime ?? '', b.firstTime ?? b.lastTime ?? ''];
  return first < second ? -1 : first > second ? 1 : a.name < b.name ? -1 : 1;
}

function parseEntry(line: string): ManifestEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, firstTime, lastTime, firstSeq, lastSeq, records, bytes, sha256 } = value as Record<string, unknown>;
  // A name leads to a file: none that points out of the folder.
  if (typeof name !== 'string' || name === '' || name === '.' || name === '..' || /[/\\]/.test(name)) return undefined;
  if (typeof bytes !== 'number' || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  return {
    name,
    firstTime: time(firstTime),
    lastTime: time(lastTime),
    firstSeq: count(firstSeq),
    lastSeq: count(lastSeq),
    records: count(records),
    bytes,
    sha256,
  };
}

function time(value: unknown): string | null {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
