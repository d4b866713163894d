import { resolve } from 'node:path';
import { type Compression } from '../compression/codec';
import { type EncryptionSettings } from '../encryption/chunk-sealer';
import { type FileOptions } from './file-options';
import { processPath } from './process-path';
import { parseAge } from './parse-age';
import { parseSize } from './parse-size';

/** What a writer needs to know of a file: checked, in bytes and milliseconds. Crosses the thread boundary. */
export interface FileSettings {
  /** Absolute; with `%DATE%` where a date stands. */
  readonly path: string;
  readonly root: string | undefined;
  readonly datePattern: string | undefined;
  /** IANA name of the dates' zone; undefined is local time. */
  readonly timeZone: string | undefined;
  readonly maxBytes: number | undefined;
  /** Files kept in all, the live one included. */
  readonly keepFiles: number | undefined;
  /** How long a file is kept after its last change. */
  readonly keepMs: number | undefined;
  readonly maxTotalBytes: number | undefined;
  readonly minFreeBytes: number | undefined;
  readonly compress: Compression | undefined;
  readonly archive: { readonly path: string; readonly afterMs: number } | undefined;
  readonly symlinkName: string | undefined;
  readonly rotateOnSighup: boolean;
  /** Added by whoever has asked for the key. */
  readonly encryption?: EncryptionSettings;
}

const DAY_MS = 86_400_000;

/** @param options - checked before */
export function resolveFileSettings(options: FileOptions): FileSettings {
  const dated = options.path.includes('%DATE%');
  const datePattern = options.datePattern ?? (dated ? 'YYYY-MM-DD' : undefined);
  const { archive } = options;
  const path = processPath(options.path, options.perProcess === true);
  const keepFiles = Number(options.maxFiles ?? Number.NaN);
  return {
    // Absolute, because the program may change its working directory. winston-daily-rotate-file puts the date of a path
    // without a place for it at the end.
    path: resolve(datePattern !== undefined && !dated ? `${path}.%DATE%` : path),
    root: options.root === undefined ? undefined : resolve(options.root),
    datePattern,
    timeZone: options.timeZone ?? (options.utc === true ? 'UTC' : undefined),
    maxBytes: parseSize(options.maxSize),
    keepFiles: Number.isNaN(keepFiles) ? undefined : keepFiles,
    keepMs: strictest(
      parseAge(options.maxFiles),
      parseAge(options.maxAge),
      options.retentionDays === undefined ? undefined : options.retentionDays * DAY_MS,
    ),
    maxTotalBytes: parseSize(options.maxTotalSize),
    minFreeBytes: parseSize(options.minFreeSpace),
    compress: options.compress ?? (options.zippedArchive === true ? 'gzip' : undefined),
    archive:
      archive === undefined ? undefined : { path: resolve(archive.path), afterMs: parseAge(archive.afterAge) ?? 0 },
    symlinkName: options.createSymlink === true ? (options.symlinkName ?? 'current.log') : undefined,
    rotateOnSighup: options.rotateOnSighup === true,
  };
}

function strictest(...ages: (number | undefined)[]): number | undefined {
  const least = Math.min(...ages.map((age) => age ?? Infinity));
  return least === Infinity ? undefined : least;
}
