import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { COMPRESSED_SUFFIXES } from '../compression/codec';
import { dateInName, datePatternToRegExp, escapeRegExp } from './date-pattern';

/** A file put aside. */
export interface RotatedFile {
  readonly path: string;
  /** What it was called while it was live: of a dated file the name with its date, without number. */
  readonly liveName: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** The number behind the name; undefined for a dated file that was not rotated by size. */
  readonly number: number | undefined;
  readonly compressed: boolean;
}

/** Digits of a number in a name: names then sort as their numbers do. */
const NUMBER_DIGITS = 6;

/** Ending of an archive that is being made. */
export const TEMPORARY_SUFFIX = '.tmp';

/** A temporary file of the family, also one that was made beside another's. */
const TEMPORARY_NAME = /^(.*?)(?:\.\d+-[0-9a-z]{8})?\.tmp$/s;

/** A claim lives for a few calls; one this old is of a process that was killed. */
const CLAIM_MS = 60_000;

/** The files that belong to one destination, told by their names alone: no side file can rot. */
export class FileFamily {
  readonly directory: string;
  readonly #name: RegExp;
  readonly #datePattern: string | undefined;

  /** @param path - with `%DATE%` where a date stands */
  constructor(path: string, datePattern: string | undefined) {
    this.directory = dirname(path);
    this.#datePattern = datePattern;
    const [first = '', ...rest] = basename(path).split('%DATE%');
    const date = datePattern === undefined ? '' : datePatternToRegExp(datePattern);
    // The same date in every place.
    const name = [escapeRegExp(first), ...rest.map(escapeRegExp)].reduce(
      (text, part, index) => `${text}${index === 1 ? `(?<date>${date})` : '\\k<date>'}${part}`,
    );
    const suffixes = COMPRESSED_SUFFIXES.map(escapeRegExp).join('|');
    this.#name = new RegExp(`^(?<live>${name})(?:\\.(?<number>\\d{6}|[1-9]\\d*))?(?<suffix>${suffixes})?$`, 'u');
  }

  /** Whether a file of that name would be taken for one of the family. */
  owns(path: string): boolean {
    return dirname(path) === this.directory && this.#name.test(basename(path));
  }

  /** All but the live file, oldest first. */
  rotated(livePath: string): RotatedFile[] {
    const live = basename(livePath);
    const files: (RotatedFile & { date: string | undefined })[] = [];
    for (const name of readdirSync(this.directory)) {
      const parts = this.#name.exec(name)?.groups;
      if (parts === undefined || name === live) continue;
      const path = join(this.directory, name);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true) continue;
      files.push({
        path,
        liveName: parts['live'] as string,
        date: parts['date'],
        bytes: stats.size,
        modifiedMs: stats.mtimeMs,
        number: parts['number'] === undefined ? undefined : Number(parts['number']),
        compressed: parts['suffix'] !== undefined,
      });
    }
    return this.#inOrder(files);
  }

  /** What a crash has left: archives half made, whose originals are gone, and claims on numbers. */
  leftovers(): { path: string }[] {
    const names = new Set(readdirSync(this.directory));
    return [...names].flatMap((name) => {
      const target = TEMPORARY_NAME.exec(name)?.[1];
      const parts = target === undefined ? undefined : this.#name.exec(target)?.groups;
      if (target === undefined || parts === undefined) return [];
      const path = join(this.directory, name);
      const original = target.replace(/\.[^.]*$/, '');
      const left = parts['suffix'] === undefined ? parts['number'] !== undefined && isOld(path) : !names.has(original);
      return left ? [{ path }] : [];
    });
  }

  /** The number under which a live file is put aside: they only grow, so that names tell the order. */
  nextNumber(livePath: string): number {
    const live = basename(livePath);
    const numbers = readdirSync(this.directory).map((name) => {
      const parts = this.#name.exec(name)?.groups;
      return parts?.['live'] === live ? Number(parts['number'] ?? 0) : 0;
    });
    return numbers.reduce((most, one) => Math.max(most, one), 0) + 1;
  }

  numbered(livePath: string, number: number): string {
    return `${livePath}.${String(number).padStart(NUMBER_DIGITS, '0')}`;
  }

  /** By date, then by number: a file's time of change is what a corrected clock, a copy or a restore made of it. */
  #inOrder(files: readonly (RotatedFile & { date: string | undefined })[]): RotatedFile[] {
    const newest = new Map<string, number>();
    for (const { liveName, modifiedMs } of files) newest.set(liveName, Math.max(newest.get(liveName) ?? 0, modifiedMs));
    const pattern = this.#datePattern;
    const dated = new Map(
      files.map(({ liveName, date }) => [
        liveName,
        date === undefined || pattern === undefined ? undefined : dateInName(date, pattern),
      ]),
    );
    const times = [...dated.values()].includes(undefined) ? newest : (dated as Map<string, number>);
    const timeOf = ({ liveName }: RotatedFile): number => times.get(liveName) ?? 0;
    return files
      .map(({ date: _, ...file }) => file)
      .sort((a, b) => timeOf(a) - timeOf(b) || compareText(a.liveName, b.liveName) || placeOf(a) - placeOf(b));
  }
}

/**
 * Among the files of one date: one without a number was the last to be live; one that is compressed already was
 * there before the clock went back and the name was used again.
 */
function placeOf({ number, compressed }: RotatedFile): number {
  return number ?? (compressed ? 0 : Infinity);
}

function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && Math.abs(Date.now() - stats.mtimeMs) > CLAIM_MS;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
