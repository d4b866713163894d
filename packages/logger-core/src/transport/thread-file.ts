import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LoggerError } from '../errors';

export interface ThreadFileOptions {
  /** File of the thread's program: `writer-thread.js`. */
  readonly name: string;
  /** Folder of the code that asks. */
  readonly beside: string;
  /** The package that the file is part of. */
  readonly packageName: string;
  /** Where the application runs. @default the working directory */
  readonly from?: string;
}

/**
 * Path of the program of a worker thread: beside the code that asks, or, when a bundler has made that part of the
 * application's own file, in the installed package.
 *
 * @throws LoggerError `MXL_THREAD_FILE_MISSING` that says what to tell the bundler
 */
export function threadFile({ name, beside, packageName, from = process.cwd() }: ThreadFileOptions): string {
  const path = join(beside, name);
  if (existsSync(path)) return path;
  try {
    return join(dirname(createRequire(join(from, 'index.js')).resolve(packageName)), name);
  } catch (cause) {
    const advice = `with a bundler, keep ${packageName} out of the bundle (external)`;
    throw new LoggerError('MXL_THREAD_FILE_MISSING', `${path} is not there; ${advice}`, cause);
  }
}
