import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ending of the files that hold logs. */
export const HOLD_SUFFIX = '.hold';

/**
 * A legal hold, for whoever deletes, moves or rewrites logs: a file `<anything>.hold` beside them, UTF-8 JSON:
 *
 * ```json
 * { "id": "case-17", "reason": "inquiry of the regulator", "since": "2026-11-21T08:00:00Z",
 *   "files": ["trades.log*"], "from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z" }
 * ```
 *
 * `id`, `reason` and `since` (ISO 8601) are required; other keys are ignored. `files` (a name or an array) are names
 * in the folder, where `*` stands for any characters and `?` for one; a name holds also what the file becomes when it is
 * put aside or compressed. `from` and `to` (ISO 8601, both included) hold files with records of that time. Both together
 * hold what fits both; without any of them all files of the folder are held. A held file is not deleted, moved or
 * rewritten while the hold file is there. A hold file that cannot be read or understood holds everything.
 */
export interface Hold {
  readonly id: string;
  readonly reason: string;
  /** Names in the folder, with their wildcards; undefined for all. */
  readonly files: readonly string[] | undefined;
  /** Since 1970; -Infinity and Infinity where the hold has no bound. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a hold is compared with. */
export interface Holdable {
  /** The file's name, and those that it had before it was put aside or compressed. */
  readonly names: readonly string[];
  /** When its first record was made; undefined when that cannot be told. May be a getter: it is asked only when it decides. */
  readonly firstMs: number | undefined;
  /** When its last record was made, at the latest. */
  readonly lastMs: number;
}

/**
 * The holds of a folder, in the order of their names; one that cannot be read or understood is there too, and holds everything.
 *
 * @throws what `readdir` throws
 */
export function readHolds(folder: string): Hold[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(HOLD_SUFFIX))
    .sort()
    .map((name) => readHold(join(folder, name), name));
}

/** The holds that a file is under. */
export function holdsOf(file: Holdable, holds: readonly Hold[]): Hold[] {
  return holds.filter(
    ({ files, fromMs, toMs }) =>
      (files === undefined || files.some((glob) => file.names.some((name) => matches(glob, name)))) &&
      file.lastMs >= fromMs &&
      (toMs === Infinity || (file.firstMs ?? -Infinity) <= toMs),
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
