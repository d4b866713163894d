import { type ConfigIssue, type PlacedOptions } from '@metaexpert/logger-core';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { codecOf, type Compression, COMPRESSIONS } from '../compression/codec';
import { checkEncryption } from '../encryption/encrypt-options';
import { FileFamily } from '../rotation/file-family';
import { type FileOptions } from './file-options';
import { type FileSettings, resolveFileSettings } from './file-settings';
import { AGE_FORMS, parseAge } from './parse-age';
import { parseSize, SIZE_FORMS } from './parse-size';
import { realPath } from './real-path';
import { leavesRoot } from './leaves-root';

const KEEP_FORMS = `a number of files, the live one included, or an age (${AGE_FORMS})`;

/** The mistakes in the options of all file destinations of a logger that a schema cannot tell. */
export function checkFileOptions(destinations: readonly PlacedOptions[]): ConfigIssue[] {
  const issues = destinations.flatMap(({ where, options }) => checkValues(where, options));
  const placed = destinations.flatMap(({ where, options }) =>
    isOfRightTypes(options) ? [{ where, settings: resolveFileSettings(options) }] : [],
  );
  return [...issues, ...placed.flatMap(checkRoot), ...placed.flatMap(checkArchiveFolder), ...checkNeighbours(placed)];
}

interface Placed {
  readonly where: string;
  readonly settings: FileSettings;
}

/** Values that are of the wrong type altogether are the schema's business, save for sizes and ages. */
function checkValues(where: string, options: Readonly<Record<string, unknown>>): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  const say = (key: string, value: unknown, message: string): void => {
    issues.push({ path: `${where}.${key}`, message: `${inspect(value)} ${message}` });
  };
  for (const key of ['maxSize', 'maxTotalSize', 'minFreeSpace']) {
    const value = options[key];
    if (value !== undefined && parseSize(value) === undefined) say(key, value, `is no size: write ${SIZE_FORMS}`);
  }
  const { datePattern } = options;
  // moment.js prints slashes for L and l, the dates of a locale.
  if (typeof datePattern === 'string' && /[/\\]|^(?:[^[]|\[[^\]]*\])*[Ll]/.test(datePattern)) {
    say('datePattern', datePattern, 'gives a date with a slash, and a name has none');
  }
  const { maxFiles, maxAge, timeZone, utc, compress, zippedArchive, archive } = options;
  if (maxFiles !== undefined && !isKeep(maxFiles)) say('maxFiles', maxFiles, `is not ${KEEP_FORMS}; at least 1`);
  if (maxAge !== undefined && parseAge(maxAge) === undefined) say('maxAge', maxAge, `is no age: write ${AGE_FORMS}`);
  if (typeof timeZone === 'string' && !isTimeZone(timeZone)) {
    say('timeZone', timeZone, "is no time zone: write its IANA name, as 'Europe/Riga' or 'UTC'");
  }
  if (typeof timeZone === 'string' && utc === true && timeZone !== 'UTC')
    say('timeZone', timeZone, 'and utc: true exclude one another');
  if (isCompression(compress)) {
    if (codecOf(compress) === undefined) say('compress', compress, 'needs Node 22.15 or later; write gzip or brotli');
    if (zippedArchive === true && compress !== 'gzip') {
      say('compress', compress, 'and zippedArchive: true, which is gzip, exclude one another');
    }
  }
  issues.push(...checkEncryption(where, options['encrypt']));
  if (isObject(archive)) issues.push(...checkArchive(where, options, archive));
  return issues;
}

function checkArchive(
  where: string,
  options: Readonly<Record<string, unknown>>,
  { afterAge }: Readonly<Record<string, unknown>>,
): ConfigIssue[] {
  if (afterAge === undefined) return [];
  const path = `${where}.archive.afterAge`;
  const afterMs = parseAge(afterAge);
  if (afterMs === undefined) return [{ path, message: `${inspect(afterAge)} is no age: write ${AGE_FORMS}` }];
  if (!isOfRightTypes(options)) return [];
  const { keepMs } = resolveFileSettings(options);
  if (keepMs === undefined || keepMs > afterMs) return [];
  return [{ path, message: `${inspect(afterAge)} is later than files are deleted: nothing would be archived` }];
}

function checkRoot({ where, settings }: Placed): ConfigIssue[] {
  const left = leavesRoot(settings);
  return left === undefined ? [] : [{ path: `${where}.path`, message: left }];
}

function checkArchiveFolder({ where, settings }: Placed): ConfigIssue[] {
  const { archive, path } = settings;
  if (archive === undefined || realPath(archive.path) !== realPath(dirname(path))) return [];
  return [{ path: `${where}.archive.path`, message: `${inspect(archive.path)} is the folder of the logs themselves` }];
}

/** Two destinations in one file, or one that would take the other's files for its own and delete them. */
function checkNeighbours(placed: readonly Placed[]): ConfigIssue[] {
  return placed.flatMap(({ where, settings }, index) => {
    for (const other of placed.slice(0, index)) {
      const shared = sharesFiles(settings, other.settings);
      if (shared) {
        const message = `${inspect(settings.path)} is written by ${other.where} too, or named like a file that it puts aside`;
        return [{ path: `${where}.path`, message }];
      }
    }
    return [];
  });
}

function sharesFiles(one: FileSettings, other: FileSettings): boolean {
  if (realPath(one.path) === realPath(other.path)) return true;
  return owns(one, other) || owns(other, one);
}

function owns(one: FileSettings, other: FileSettings): boolean {
  // A date of the other one's could be anything.
  if (other.datePattern !== undefined) return false;
  return new FileFamily(realPath(one.path), one.datePattern).owns(realPath(other.path));
}

/** Enough to resolve them; what is not is the schema's to say. */
function isOfRightTypes(options: Readonly<Record<string, unknown>>): options is Record<string, unknown> & FileOptions {
  const { path, root, datePattern, archive } = options;
  const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
  const optional = [root, datePattern, isObject(archive) ? archive['path'] : archive].filter(
    (one) => one !== undefined,
  );
  return isText(path) && optional.every(isText) && (archive === undefined || isObject(archive));
}

function isKeep(value: unknown): boolean {
  return parseAge(value) !== undefined || (/^[1-9]\d*$/.test(String(value)) && typeof value !== 'boolean');
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return true;
  } catch {
    return false;
  }
}

function isCompression(value: unknown): value is Compression {
  return COMPRESSIONS.includes(value as Compression);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
