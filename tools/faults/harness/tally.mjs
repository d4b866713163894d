import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * Reads numbered records back from files, oldest file first, and compares them with what was accepted, `from` to `to`.
 * `lost` were accepted and are nowhere, `duplicated` are there again, `torn` are lines that are no JSON, `disordered`
 * follow a higher number, `others` are whole records without a number (announcements, exceptions).
 */
export function tally(files, { from = 1, to }) {
  const seen = new Set();
  const count = { accepted: to - from + 1, written: 0, lost: 0, duplicated: 0, torn: 0, disordered: 0, others: [] };
  let previous = -Infinity;
  for (const line of [files].flat().flatMap(linesOf)) {
    const record = parse(line);
    if (record === undefined) count.torn += 1;
    else if (!Number.isInteger(record.n)) count.others.push(record);
    else if (seen.has(record.n)) count.duplicated += 1;
    else {
      seen.add(record.n);
      if (record.n < previous) count.disordered += 1;
      previous = Math.max(previous, record.n);
    }
  }
  const missing = [];
  for (let n = from; n <= to; n += 1) if (!seen.has(n)) missing.push(n);
  return { ...count, seen, missing, written: count.accepted - missing.length, lost: missing.length };
}

/** Lines of a file; a last one without its newline is marked as torn by a character that JSON does not allow. */
function linesOf(file) {
  const text = readWhole(file);
  const lines = text.split('\n');
  const rest = lines.pop();
  return rest ? [...lines, `${rest}\u0000`] : lines;
}

function readWhole(file) {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function parse(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const number = (value) => value.toLocaleString('en-US');

/** `20,000`, `1 of 20,000`, `1,000, 3 twice, 1 torn`. */
export function describe(count) {
  const parts = [
    count.lost === 0 ? number(count.written) : `${number(count.written)} of ${number(count.accepted)}`,
    count.duplicated > 0 && `${number(count.duplicated)} twice`,
    count.torn > 0 && `${number(count.torn)} torn`,
    count.disordered > 0 && `${number(count.disordered)} out of order`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** The numbers alone, for the JSON report. */
export function countsOf({ accepted, written, lost, duplicated, torn, disordered, others }) {
  return { accepted, written, lost, duplicated, torn, disordered, others: others.length };
}

/** Every accepted record is there once, whole, in order. */
export const isWhole = ({ lost, duplicated, torn, disordered }) => lost + duplicated + torn + disordered === 0;
