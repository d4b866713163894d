import { ConfigError } from '@metaexpert/logger-core';
import { checkFileOptions } from '../options/check-file-options';
import { type FileOptions } from '../options/file-options';
import { type FileSettings, resolveFileSettings } from '../options/file-settings';
import { planFamily } from '../keeper/plan-family';
import { FileFamily } from '../rotation/file-family';
import { LiveName } from '../rotation/live-name';
import { type Deletion, type DeletionReason } from './files-to-delete';

export interface PlannedDeletion {
  readonly path: string;
  readonly bytes: number;
  readonly lastChange: string;
  /** The first rule that the file breaks, by the name of its option; `maxAge` also for `retentionDays`. */
  readonly reason: DeletionReason;
  /** The same for people. */
  readonly why: string;
}

/** What the rules of a destination would do to the files put aside; oldest first. */
export interface RetentionPlan {
  readonly delete: readonly PlannedDeletion[];
  /** Files due for the archive. */
  readonly archive: readonly string[];
  /** Files that no rule touches, and the ids of the holds that they are under. */
  readonly held: readonly { readonly path: string; readonly holds: readonly string[] }[];
  readonly keep: readonly string[];
}

/**
 * What retention would delete now, and why. Deletes nothing. Takes what `file()` takes.
 *
 * @throws ConfigError
 * @example
 * const plan = planRetention({ path: 'logs/app.log', maxAge: '90d', maxTotalSize: '5g' });
 * for (const { path, why } of plan.delete) console.log(path, why);
 */
export function planRetention(options: FileOptions): RetentionPlan {
  const issues = checkFileOptions([{ where: 'options', options: { ...options }, valid: true }]);
  if (issues.length > 0) throw new ConfigError(issues);
  const settings = resolveFileSettings(options);
  const family = new FileFamily(settings.path, settings.datePattern);
  const livePath = new LiveName(settings).at(Date.now());
  const { deletions, toArchive, held, kept } = planFamily({ settings, family, livePath, nowMs: Date.now() });
  return {
    delete: deletions.map((deletion) => describe(deletion, settings)),
    archive: toArchive.map(({ path }) => path),
    held: held.map(({ file, holds }) => ({ path: file.path, holds: holds.map(({ id }) => id) })),
    keep: kept.map(({ path }) => path),
  };
}

function describe({ file, reason }: Deletion, settings: FileSettings): PlannedDeletion {
  const lastChange = new Date(file.modifiedMs).toISOString();
  const why = {
    maxAge: `last changed ${lastChange}, and files are kept for ${(settings.keepMs ?? 0) / 86_400_000} days`,
    maxFiles: `older than the ${settings.keepFiles ?? 0} files that are kept, the live one included`,
    maxTotalSize: `all files together would take more than ${settings.maxTotalBytes ?? 0} bytes`,
    minFreeSpace: `less than ${settings.minFreeBytes ?? 0} bytes are free on the disk`,
  }[reason];
  return { path: file.path, bytes: file.bytes, lastChange, reason, why };
}
