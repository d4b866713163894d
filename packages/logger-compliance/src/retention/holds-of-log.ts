import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Hold, readHolds } from '@metaexpert/logger-core/retention';

/** The holds beside a log and in its archive: one that was put beside the log by hand is about its archived files too. */
export function holdsOfLog(logPath: string, archive: string | undefined): Hold[] {
  const folders = [dirname(logPath), ...(archive === undefined ? [] : [archive])];
  return [...new Set(folders)].filter((folder) => existsSync(folder)).flatMap((folder) => readHolds(folder));
}
