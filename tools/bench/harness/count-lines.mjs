import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { logFiles } from './log-files.mjs';

const newline = 0x0a;

/**
 * Reads back everything on disk, rotated files included, and compares the sequence numbers with those that were logged.
 * `expected(index)` says whether record `index` of `count` belongs here.
 */
export function countLines(directory, { count, expected = () => true, forbidden = [] }) {
  const seen = new Uint8Array(count);
  const found = { files: 0, bytes: 0, lines: 0, lost: 0, duplicated: 0, torn: 0, foreign: 0, leaked: 0 };
  for (const file of logFiles(directory)) {
    found.files += 1;
    countFile(file, { seen, found, forbidden });
  }
  for (let index = 0; index < count; index += 1) {
    if (!expected(index)) found.foreign += seen[index];
    else if (seen[index] === 0) found.lost += 1;
    else found.duplicated += seen[index] - 1;
  }
  return found;
}

function countFile(file, { seen, found, forbidden }) {
  const raw = readFileSync(file);
  const content = file.endsWith('.gz') ? gunzipSync(raw) : raw;
  found.bytes += content.length;
  for (let start = 0; start < content.length;) {
    const end = content.indexOf(newline, start);
    const line = content.toString('utf8', start, end < 0 ? content.length : end);
    start = end < 0 ? content.length : end + 1;
    found.lines += 1;
    const index = end < 0 ? undefined : sequenceOf(line);
    if (index === undefined) found.torn += 1;
    else if (index < seen.length) seen[index] = Math.min(seen[index] + 1, 255);
    if (forbidden.some((text) => line.includes(text))) found.leaked += 1;
  }
}

/** The number in `orderId`; nothing for a torn line, -0 never: a marker record counts as far outside. */
function sequenceOf(line) {
  try {
    const { orderId } = JSON.parse(line);
    if (orderId === undefined) return Infinity; // a logger's own announcement
    return orderId.startsWith('A') ? Number(orderId.slice(1)) : Infinity;
  } catch {
    return undefined; // not JSON: torn
  }
}
