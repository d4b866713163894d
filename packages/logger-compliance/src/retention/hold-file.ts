import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Ending of the files that hold logs. */
export const HOLD_SUFFIX = '.hold';

/**
 * A legal hold: a file `<name>.hold` beside the logs, which the file destination's own retention respects as well. UTF-8
 * JSON: `{ "id", "reason", "since", "files"?, "from"?, "to"? }`. A held file is not deleted, moved or rewritten. A hold
 * that cannot be read or understood holds everything.
 */
export interface Hold {
  readonly id: string;
  readonly reason: string;
  /** Names in the folder, where `*` stands for any characters and `?` for one; undefined for all. */
  readonly files: readonly string[] | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a hold is compared with. */
export interface Holdable {
  /** The file's name, and the names that it had before it was put aside or compressed. */
  readonly names: readonly string[];
  /** When its first record was made; undefined when that cannot be told. */
  readonly firstMs: number | undefined;
  readonly lastMs: number;
}

/** The holds of a folder. */
export function readHolds(folder: string): Hold[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(HOLD_SUFFIX))
    .sort()
    .map((name) => readHold(join(folder, name), name));
}

/** The holds beside a log and in its archive: one that was put beside the log by hand is about its archived files too. */
export function holdsOfLog(logPath: string, archive: string | undefined): Hold[] {
  const folders = [dirname(logPath), ...(archive === undefined ? [] : [archive])];
  return [...new Set(folders)].filter((folder) => existsSync(folder)).flatMap((folder) => readHolds(folder));
}

/** The holds that a file is under. */
export function holdsOf(file: Holdable, holds: readonly Hold[]): Hold[] {
  return holds.filter(
    ({ files, fromMs, toMs }) =>
      (files === undefined || files.some((glob) => file.names.some((name) => matches(glob, name)))) &&
      file.lastMs >= fromMs &&
      (file.firstMs ?? -Infinity) <= toMs,
  );
}

function matches(glob: string, name: string): boolean {
  const shape = glob.split(/([*?])/).map((part) => (part === '*' ? '.*' : part === '?' ? '.' : escapeRegExp(part)));
  return new RegExp(`^${shape.join('')}$`, 's').test(name);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function readHold(path: string, name: string): Hold {
  try {
    return parseHold(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    const reason = `the hold file cannot be read: ${(thrown as Error).message}`;
    return { id: name, reason, files: undefined, fromMs: -Infinity, toMs: Infinity };
  }
}

function parseHold(value: unknown): Hold {
  if (typeof value !== 'object' || value === null) throw new Error('it is no object');
  const { id, reason, since, files, from, to } = value as Record<string, unknown>;
  time('since', since);
  return {
    id: text('id', id),
    reason: text('reason', reason),
    files: files === undefined ? undefined : [files].flat().map((one) => text('files', one)),
    fromMs: from === undefined ? -Infinity : time('from', from),
    toMs: to === undefined ? Infinity : time('to', to),
  };
}

function text(key: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error(`'${key}' is no text`);
  return value;
}

function time(key: string, value: unknown): number {
  const ms = Date.parse(text(key, value));
  if (Number.isNaN(ms)) throw new Error(`'${key}' is no time`);
  return ms;
}
