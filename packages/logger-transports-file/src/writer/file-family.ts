import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A file put aside. */
export interface RotatedFile {
  readonly path: string;
  readonly modifiedMs: number;
  /** The number behind the name; 0 for a dated file that was not rotated by size. */
  readonly number: number;
  readonly compressed: boolean;
}

/** The files that belong to one destination, told by their names alone: no side file can rot. */
export class FileFamily {
  readonly #directory: string;
  readonly #name: RegExp;

  /** @param path - with `%DATE%` where a date stands */
  constructor(path: string, datePattern: string | undefined) {
    this.#directory = dirname(path);
    const [first = '', ...rest] = basename(path).split('%DATE%');
    const date = datePattern === undefined ? '' : datePatternToRegExp(datePattern);
    const name = [first, ...rest].map(escapeRegExp).join(date);
    this.#name = new RegExp(`^(${name})(?:\\.([1-9]\\d*))?(\\.gz)?$`);
  }

  /** All but the live file, oldest first. */
  rotated(livePath: string): RotatedFile[] {
    const live = basename(livePath);
    const files: RotatedFile[] = [];
    for (const name of readdirSync(this.#directory)) {
      const match = this.#name.exec(name);
      if (match === null || name === live) continue;
      const path = join(this.#directory, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      files.push({ path, modifiedMs: stats.mtimeMs, number: Number(match[2] ?? 0), compressed: match[3] !== undefined });
    }
    return files.sort((a, b) => a.modifiedMs - b.modifiedMs || a.number - b.number);
  }

  /** The name under which the live file is put aside: numbers only grow, so that names tell the order. */
  nextName(livePath: string): string {
    const live = basename(livePath);
    const numbers = readdirSync(this.#directory).flatMap((name) => {
      const match = this.#name.exec(name);
      return match !== null && match[1] === live && match[2] !== undefined ? [Number(match[2])] : [];
    });
    return `${livePath}.${Math.max(0, ...numbers) + 1}`;
  }
}

/** Shape of a moment.js pattern's output: strict, because what matches may be deleted. */
function datePatternToRegExp(pattern: string): string {
  return pattern.replace(/\[([^\]]*)\]|Y{4}|Y{2}|M{2}|D{2}|H{2}|h{2}|m{2}|s{2}|S{1,3}|W{1,2}|w{1,2}|D{3,4}|[MDHhms]|[A-Za-z]+|[^A-Za-z[]+/g, (token, literal: string | undefined) => {
    if (literal !== undefined) return escapeRegExp(literal);
    if (token === 'YYYY') return '\\d{4}';
    if (/^(?:YY|MM|DD|HH|hh|mm|ss)$/.test(token)) return '\\d{2}';
    if (/^[MDHhmswWS]/.test(token) && token.length <= 3) return '\\d{1,3}';
    return /^[A-Za-z]/.test(token) ? '[\\p{L}\\d]+?' : escapeRegExp(token);
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
