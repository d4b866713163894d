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
    this.#name = new RegExp(`^(${name})(?:\\.([1-9]\\d*))?(\\.gz)?$`, 'u');
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
      files.push({
        path,
        modifiedMs: stats.mtimeMs,
        number: Number(match[2] ?? 0),
        compressed: match[3] !== undefined,
      });
    }
    return files.sort((a, b) => a.modifiedMs - b.modifiedMs || a.number - b.number);
  }

  /** Archives that a crash has left half made, and whose originals are gone. */
  leftovers(): { path: string }[] {
    const names = new Set(readdirSync(this.#directory));
    return [...names].flatMap((name) => {
      const original = name.replace(/\.gz\.tmp$/, '');
      const left = original !== name && this.#name.test(original) && !names.has(original);
      return left ? [{ path: join(this.#directory, name) }] : [];
    });
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

/** Shapes of what moment.js prints for a token; digits by the token's length, names in any language. */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/^(?:YYYY|GGGG|gggg)$/, '\\d{4}'],
  [/^DDDD$/, '\\d{3}'],
  [/^(?:MMMM?|dddd?|dd)$/, '[\\p{L}\\p{M}]+\\.?'],
  [/^[MDdQWw]o$/, '\\d{1,3}[\\p{L}º.]*'],
  [/^(?:YY|GG|gg|MM|DD|HH|hh|kk|mm|ss|WW|ww|SS)$/, '\\d{2}'],
  [/^SSS$/, '\\d{3}'],
  [/^(?:DDD|[MDHhkmsSWwQEed])$/, '\\d{1,3}'],
  [/^[Aa]$/, '[AaPp][Mm]'],
  [/^[Xx]$/, '\\d+'],
];

/** Shape of a moment.js pattern's output: strict, because what matches may be deleted. */
function datePatternToRegExp(pattern: string): string {
  const tokens =
    /\[([^\]]*)\]|[MDdQWw]o|Y{4}|G{4}|g{4}|YY|GG|gg|M{1,4}|D{1,4}|d{1,4}|S{1,3}|([HhkmsWw])\2?|[QEeAaXx]|[^]/gu;
  return pattern.replace(tokens, (token, literal: string | undefined) => {
    if (literal !== undefined) return escapeRegExp(literal);
    return TOKENS.find(([shape]) => shape.test(token))?.[1] ?? escapeRegExp(token);
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
