import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { convertPathToPattern, glob, isDynamicPattern } from 'tinyglobby';
import { MANIFEST_NAME } from '../archive/manifest';
import { FileError } from '../errors';
import { LogSeries, seriesName } from './log-series';

/** In a folder, these are logs: `app.log`, `app.log.3.gz`, `app.log.2026-11-21`, `trades.jsonl`. */
const LOG_NAME = /^[^.].*\.(?:log|jsonl|ndjson|txt)(?:\.|$)/;
const PLACES = /%(?:DATE|PID)%/;
const UNFINISHED = /\.tmp$/;

/**
 * What the paths name: a live file stands for itself and all that was put aside from it, a file put aside for itself
 * alone, a folder for the logs in it; `%DATE%`, `%PID%` and the wildcards `*`, `?`, `[…]`, `{…}`, `**` are filled in.
 *
 * @throws FileError `MXL_FILE_NOT_FOUND` when a path names nothing
 */
export async function findSeries(paths: readonly string[]): Promise<LogSeries[]> {
  const live = new Set<string>();
  const aside = new Map<string, Set<number>>();
  for (const path of paths) {
    const files = await filesAt(path);
    if (files.length === 0) throw new FileError('MXL_FILE_NOT_FOUND', `${path}: no such file, folder or series`);
    for (const file of files) {
      const name = seriesName(basename(file));
      const base = join(dirname(file), name.live);
      if (name.number === Infinity) live.add(base);
      else aside.set(base, (aside.get(base) ?? new Set()).add(name.number));
    }
  }
  const alone = [...aside].filter(([base]) => !live.has(base));
  return [...[...live].map((path) => new LogSeries(path)), ...alone.map(([path, only]) => new LogSeries(path, only))];
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() === true) {
    const names = (await readdir(path)).filter((name) => LOG_NAME.test(name));
    return logFiles(names.map((name) => join(resolve(path), name)));
  }
  // A link to the live file of a dated path. A rotation may have taken the name away since the look at it.
  const real = found && (await realpath(path).catch(noneIfGone));
  if (real !== undefined) return [real];
  const pattern = datePattern(path);
  if (pattern !== undefined)
    return logFiles(await glob(pattern, { absolute: true, dot: true, expandDirectories: false }));
  // The live file may be missing, between a rotation and the next record; a file put aside may be compressed by now.
  const { live, number } = seriesName(basename(path));
  const series = new LogSeries(join(dirname(resolve(path)), live), number === Infinity ? undefined : new Set([number]));
  const files = await series.files();
  return files.length === 0 ? [] : [resolve(path)];
}

function noneIfGone(thrown: unknown): undefined {
  if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
}

/** The pattern that a path is; undefined when it is none. */
function datePattern(path: string): string | undefined {
  // A glob has slashes on every system; a backslash there takes the meaning from the next sign.
  if (!PLACES.test(path)) return isDynamicPattern(path) ? path : undefined;
  const parts = resolve(path).split(PLACES);
  return `${parts.map(convertPathToPattern).join('*')}*`;
}

/** Links would show a file twice; half made archives and manifests are no logs. */
async function logFiles(paths: readonly string[]): Promise<string[]> {
  const stats = await Promise.all(paths.map((path) => lstat(path).catch(() => undefined)));
  const files = paths.filter((_, index) => stats[index]?.isFile() === true);
  return files
    .filter((path) => basename(path) !== MANIFEST_NAME && !UNFINISHED.test(path))
    .map((path) => resolve(path));
}
