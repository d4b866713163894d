import { type CommonDestinationOptions } from '@metaexpert/logger-core';
import { type EncryptionSettings } from './encryption/chunk-sealer';
import { ENCRYPT_SCHEMA, type EncryptOptions } from './encryption/encrypt-options';

/** Options of a `file` destination, beside those common to all. Names are winston-daily-rotate-file's where it has the thing. */
export interface FileOptions extends CommonDestinationOptions {
  /** The file written to. `%DATE%` in its name is replaced by the date, and a new date begins a new file. */
  path: string;
  /** A moment.js format for `%DATE%`. @default 'YYYY-MM-DD' when the path has a `%DATE%`, else none */
  datePattern?: string;
  /** The size at which the file is put aside as `<path>.<n>` (1 is the oldest): bytes, or `'20m'` with k, m or g. */
  maxSize?: number | string;
  /** How many files are kept, the live one included; or for how long, as `'14d'`. @default all */
  maxFiles?: number | string;
  /** How many days a file is kept after its last change, beside `maxFiles`. @default for ever */
  retentionDays?: number;
  /** Whether files put aside are compressed (gzip). @default false */
  zippedArchive?: boolean;
  /** Whether a symbolic link leads to the live file of a dated path. @default false */
  createSymlink?: boolean;
  /** @default 'current.log' */
  symlinkName?: string;
  /** Whether dates are in UTC. @default false: local time */
  utc?: boolean;
  /** Encrypts the file (AES-256-GCM); with `zippedArchive`, each chunk is compressed before. @default none */
  encrypt?: EncryptOptions;
}

/** What a writer needs to know of a file: checked, in bytes. Crosses the thread boundary. */
export interface FileSettings {
  readonly path: string;
  readonly datePattern: string | undefined;
  readonly maxBytes: number | undefined;
  readonly keepFiles: number | undefined;
  readonly keepMs: number | undefined;
  readonly compress: boolean;
  readonly symlinkName: string | undefined;
  readonly utc: boolean;
  readonly encryption?: EncryptionSettings;
}

const SIZE = '^[0-9]+(\\.[0-9]+)?[kmgKMG]?$';
const KEEP = '^[1-9][0-9]*d?$';

export const FILE_SCHEMA = {
  type: 'object',
  required: ['path'],
  properties: {
    // No date in the folder, whose files would not be one family; and none of the characters that
    // winston-daily-rotate-file refuses in a name.
    path: { type: 'string', minLength: 1, pattern: '^(?!.*%DATE%.*[/\\\\])[^"<>|\\u0000-\\u001f]+$' },
    datePattern: { type: 'string', minLength: 1 },
    maxSize: {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', pattern: SIZE },
      ],
    },
    maxFiles: {
      anyOf: [
        { type: 'integer', minimum: 1 },
        { type: 'string', pattern: KEEP },
      ],
    },
    retentionDays: { type: 'number', exclusiveMinimum: 0 },
    zippedArchive: { type: 'boolean' },
    createSymlink: { type: 'boolean' },
    symlinkName: { type: 'string', minLength: 1 },
    utc: { type: 'boolean' },
    encrypt: ENCRYPT_SCHEMA,
  },
};

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const DAY_MS = 86_400_000;

export function resolveFileSettings(options: FileOptions): FileSettings {
  const dated = options.path.includes('%DATE%');
  const datePattern = options.datePattern ?? (dated ? 'YYYY-MM-DD' : undefined);
  const keep = options.maxFiles === undefined ? undefined : String(options.maxFiles);
  return {
    // winston-daily-rotate-file puts the date of a path without a place for it at the end.
    path: datePattern !== undefined && !dated ? `${options.path}.%DATE%` : options.path,
    datePattern,
    maxBytes: options.maxSize === undefined ? undefined : parseSize(String(options.maxSize)),
    keepFiles: keep === undefined || keep.endsWith('d') ? undefined : Number(keep),
    keepMs: keepDays(keep, options.retentionDays),
    compress: options.zippedArchive === true,
    symlinkName: options.createSymlink === true ? (options.symlinkName ?? 'current.log') : undefined,
    utc: options.utc === true,
  };
}

function keepDays(keep: string | undefined, retentionDays: number | undefined): number | undefined {
  const days = Math.min(keep?.endsWith('d') === true ? Number(keep.slice(0, -1)) : Infinity, retentionDays ?? Infinity);
  return days === Infinity ? undefined : days * DAY_MS;
}

function parseSize(text: string): number {
  const [, number = '0', unit = ''] = /^([0-9.]+)([kmg]?)$/.exec(text.toLowerCase()) ?? [];
  return Math.max(1, Math.floor(Number(number) * (UNITS[unit] ?? 1)));
}
