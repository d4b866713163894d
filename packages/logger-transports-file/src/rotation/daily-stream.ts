import { createRequire } from 'node:module';
import { basename, dirname } from 'node:path';
import type DailyRotateFile from 'winston-daily-rotate-file';
import { type AcknowledgedFs } from '../writer/acknowledged-fs';
import { literalPattern } from './literal-pattern';

const load = createRequire(__filename);
let Daily: typeof DailyRotateFile | undefined;

/** What winston-daily-rotate-file writes through; its typings leave it out. */
export interface DailyStream extends NodeJS.EventEmitter {
  write(bytes: Buffer): unknown;
  end(): void;
}

/**
 * winston-daily-rotate-file's stream into one file: it makes folders, opens and links. The file's whole name is given
 * as its "date", which it does not look at: in a name proper it refuses `:`, `*` and `?`.
 */
export function openDailyStream(path: string, symlinkName: string | undefined, fs: AcknowledgedFs): DailyStream {
  // Not its index, which brings winston into the thread of files: 50 ms of a start. With the first file, when the
  // program goes on already.
  Daily ??= load('winston-daily-rotate-file/daily-rotate-file') as typeof DailyRotateFile;
  const daily = new Daily({
    dirname: dirname(path),
    filename: '%DATE%',
    datePattern: literalPattern(basename(path)),
    createSymlink: symlinkName !== undefined,
    ...(symlinkName !== undefined && { symlinkName }),
    // Never written, because it is given no maxFiles; naming it spares a hash over the options.
    auditFile: `${path}.audit`,
    options: { flags: 'a', fs },
  });
  const { logStream } = daily as unknown as { logStream: DailyStream };
  // Its streams hear that all went well; an error can only be of its own making, and the write shows it.
  logStream.on('error', (error: Error) => (fs.outcome = error));
  return logStream;
}
