import { type CommonDestinationOptions } from '@metaexpert/logger-core';
import { type Compression, COMPRESSIONS } from '../compression/codec';
import { ENCRYPT_SCHEMA, type EncryptOptions } from '../encryption/encrypt-options';

/** Files over an age go to another folder, which may be on another disk. */
export interface ArchiveOptions {
  /** The folder they go to; made when it is not there. */
  path: string;
  /** How long after its last change a file goes: `'7d'`. */
  afterAge: string;
}

/**
 * Options of a `file` destination, beside those common to all. Names are winston-daily-rotate-file's where it has the
 * thing. Sizes are bytes or `'10m'` with k, m, g or t; ages are `'90d'` with s, h, d, w or y.
 */
export interface FileOptions extends CommonDestinationOptions {
  /**
   * The file written to. `%DATE%` in its name is replaced by the date, and a new date begins a new file; `%PID%` by the
   * process id and the time of the start, so that each process has a file of its own.
   */
  path: string;
  /** Whether each process has a file of its own: `app.log` means `app-%PID%.log`. @default false */
  perProcess?: boolean;
  /** A folder that the file must not leave, by `..` or by a symbolic link. @default anywhere */
  root?: string;
  /** A moment.js format for `%DATE%`. @default 'YYYY-MM-DD' when the path has a `%DATE%`, else none */
  datePattern?: string;
  /** Whether dates are in UTC. @default false: local time */
  utc?: boolean;
  /** The zone of the dates, by its IANA name: `'Europe/Riga'`. @default local time */
  timeZone?: string;
  /** The size at which the file is put aside as `<path>.000001`, `<path>.000002`, …; the lowest is the oldest. */
  maxSize?: number | string;
  /** Whether SIGHUP, which else ends the process, puts the file aside, or opens it anew when logrotate has moved it. @default false */
  rotateOnSighup?: boolean;
  /** How many files are kept, the live one included; or an age, as `'14d'`. @default all */
  maxFiles?: number | string;
  /** How many days a file is kept after its last change, beside `maxFiles`. @default for ever */
  retentionDays?: number;
  /** How long a file is kept after its last change. @default for ever */
  maxAge?: string;
  /** What the destination's files may take together, room for the live one's `maxSize` included. @default any */
  maxTotalSize?: number | string;
  /** What has to stay free on the disk: files put aside are deleted, oldest first, until it is. @default nothing */
  minFreeSpace?: number | string;
  /** Encrypts the file (AES-256-GCM). With `compress` or `zippedArchive`, each chunk is compressed before. @default none */
  encrypt?: EncryptOptions;
  /** Whether files put aside are compressed by gzip. @default false */
  zippedArchive?: boolean;
  /** What files put aside are compressed with; zstd needs Node 22.15. @default 'gzip' with `zippedArchive`, else none */
  compress?: Compression;
  /** Where old files go. @default they stay */
  archive?: ArchiveOptions;
  /** Whether a symbolic link leads to the live file of a dated path. @default false */
  createSymlink?: boolean;
  /** @default 'current.log' */
  symlinkName?: string;
}

// Sizes, ages and zones are checked in check-file-options.ts, whose messages name the accepted forms.
const CHECKED_ELSEWHERE = {};

export const FILE_SCHEMA = {
  type: 'object',
  required: ['path'],
  properties: {
    // No date in the folder, whose files would not be one family; and none of the characters that
    // winston-daily-rotate-file refuses in a folder.
    path: {
      type: 'string',
      pattern: '^(?!.*%DATE%.*[/\\\\])[^"<>|\\u0000-\\u001f]+$',
      description: `a path: at least one character, none of " < > | nor a control character, and %DATE% in the file's name alone`,
    },
    perProcess: { type: 'boolean' },
    root: { type: 'string', minLength: 1 },
    datePattern: { type: 'string', minLength: 1 },
    utc: { type: 'boolean' },
    timeZone: { type: 'string', minLength: 1 },
    maxSize: CHECKED_ELSEWHERE,
    rotateOnSighup: { type: 'boolean' },
    maxFiles: CHECKED_ELSEWHERE,
    retentionDays: { type: 'number', exclusiveMinimum: 0 },
    maxAge: CHECKED_ELSEWHERE,
    maxTotalSize: CHECKED_ELSEWHERE,
    minFreeSpace: CHECKED_ELSEWHERE,
    encrypt: ENCRYPT_SCHEMA,
    zippedArchive: { type: 'boolean' },
    compress: { enum: [...COMPRESSIONS] },
    archive: {
      type: 'object',
      required: ['path', 'afterAge'],
      properties: { path: { type: 'string', minLength: 1 }, afterAge: CHECKED_ELSEWHERE },
      additionalProperties: false,
    },
    createSymlink: { type: 'boolean' },
    symlinkName: { type: 'string', minLength: 1, pattern: '^[^/\\\\]+$' },
  },
};
