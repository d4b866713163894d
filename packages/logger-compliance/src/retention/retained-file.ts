import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Category } from '@metaexpert/logger-core';
import { findLogFiles } from '../sealing/log-files';

/** A log that is kept by rules. */
export interface RetainedLog {
  /** Of the live file, with `%DATE%` where a date stands. */
  readonly path: string;
  /** What its records are about; of several the strictest counts. */
  readonly category: Category | readonly Category[];
}

/** A file of a log, at hand or in the archive. */
export interface RetainedFile {
  readonly path: string;
  readonly log: RetainedLog;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly archived: boolean;
  /** The log may still be written there, or gone on from there. */
  readonly live: boolean;
  /** Its own name, and those that it had before it was put aside or compressed. */
  readonly names: readonly string[];
}

export function categoriesOf({ category }: RetainedLog): readonly Category[] {
  return typeof category === 'string' ? [category] : category;
}

/** The files of a log, oldest first: those of the archive, then those at hand. By their names alone. */
export function retainedFiles(log: RetainedLog, archive: string | undefined): RetainedFile[] {
  const archived = archive === undefined ? [] : findLogFiles(join(archive, basename(log.path)));
  const atHand = findLogFiles(log.path).map((path) => describe(path, log, false));
  // An empty live file has nothing that a sealed log could go on from: then the one before it has.
  const lastWritten = atHand.findLastIndex(({ bytes }) => bytes > 0);
  return [
    ...archived.map((path) => describe(path, log, true)),
    ...atHand.map((file, at) => ({ ...file, live: at >= Math.min(lastWritten, atHand.length - 1) })),
  ];
}

function describe(path: string, log: RetainedLog, archived: boolean): RetainedFile {
  const { size, mtimeMs } = statSync(path);
  const names = namesOf(basename(path), basename(log.path));
  return { path, log, bytes: size, modifiedMs: mtimeMs, archived, live: false, names };
}

function namesOf(name: string, logName: string): string[] {
  const unpacked = name.replace(/\.(?:gz|br|zst)$/, '');
  const live = unpacked === logName ? unpacked : unpacked.replace(/\.\d+$/, '');
  return [...new Set([name, unpacked, live])];
}
