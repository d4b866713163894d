import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** The whole lines of a file, compressed or not. A torn one at the end is left out. */
export function linesOf(path: string): string[] {
  return plainOf(path).toString().split('\n').slice(0, -1);
}

/** The bytes of a file, decompressed; throws when an archive is not whole. */
export function plainOf(path: string): Buffer {
  const bytes = readFileSync(path);
  if (path.endsWith('.gz')) return gunzipSync(bytes);
  return path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
}

/** The name of `app.log` after it was put aside. */
export function nameOf(number: number): string {
  return `app.log.${String(number).padStart(6, '0')}`;
}

/** The field `n` of the numbered records in a file. Throws at a line that is torn. */
export function numbersIn(path: string): number[] {
  return linesOf(path).map(numberOf);
}

export function numberOf(line: string): number {
  return (JSON.parse(line) as { n: number }).n;
}

export function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** The paths of a file rotated by size, oldest first, the live one last; compressed ones too. */
export function familyOf(path: string): string[] {
  const prefix = `${basename(path)}.`;
  const numberOf = (name: string): number => Number(/^\d+/.exec(name.slice(prefix.length))?.[0]);
  const rotated = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix) && numberOf(name) > 0);
  return [...rotated.sort((a, b) => numberOf(a) - numberOf(b)).map((name) => join(dirname(path), name)), path];
}

/** The numbers of all records of a file rotated by size, in the order of the files. */
export function numbersOver(path: string): number[] {
  return familyOf(path).flatMap(numbersIn);
}

/** `from`, `from + 1`, … `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
