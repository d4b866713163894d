import { unlinkSync } from 'node:fs';
import { type RotatedFile } from '../rotation/file-family';

/** What limits the files put aside; the names are those of the options. */
export interface RetentionRules {
  readonly maxBytes: number | undefined;
  readonly keepFiles: number | undefined;
  readonly keepMs: number | undefined;
  readonly maxTotalBytes: number | undefined;
  readonly minFreeBytes: number | undefined;
}

/** How things stand on the disk. */
export interface DiskState {
  readonly nowMs: number;
  readonly liveBytes: number;
  readonly freeBytes: number;
}

export type DeletionReason = 'maxAge' | 'maxFiles' | 'maxTotalSize' | 'minFreeSpace';

export interface Deletion {
  readonly file: RotatedFile;
  /** The first rule that the file breaks. */
  readonly reason: DeletionReason;
}

/**
 * Which of the files put aside have to go, oldest first. Pure.
 *
 * @param candidates - oldest first, without those that a hold protects: what must stay is no reason for younger files
 * to go
 */
export function filesToDelete(
  candidates: readonly RotatedFile[],
  rules: RetentionRules,
  { nowMs, liveBytes, freeBytes }: DiskState,
): Deletion[] {
  const { keepFiles = Infinity, keepMs = Infinity, maxTotalBytes = Infinity, minFreeBytes = 0 } = rules;
  const aged = candidates.filter(({ modifiedMs }) => nowMs - modifiedMs > keepMs);
  const reasons = new Map<RotatedFile, DeletionReason>(aged.map((file) => [file, 'maxAge']));
  // The live file will grow to its limit.
  const room = maxTotalBytes - Math.max(liveBytes, rules.maxBytes ?? 0);
  const kept = candidates.filter((file) => !reasons.has(file));
  let count = kept.length;
  let bytes = sum(kept);
  let free = freeBytes + sum(aged);
  for (const file of kept) {
    const reason = breaks(count > keepFiles - 1, bytes > room, free < minFreeBytes);
    if (reason === undefined) break;
    reasons.set(file, reason);
    count -= 1;
    bytes -= file.bytes;
    free += file.bytes;
  }
  return candidates.flatMap((file) => {
    const reason = reasons.get(file);
    return reason === undefined ? [] : [{ file, reason }];
  });
}

function breaks(count: boolean, size: boolean, free: boolean): DeletionReason | undefined {
  if (count) return 'maxFiles';
  if (size) return 'maxTotalSize';
  return free ? 'minFreeSpace' : undefined;
}

function sum(files: readonly RotatedFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}

/** Deletes them. A file that cannot be deleted is left for the next time; the first reason is returned. */
export function deleteFiles(files: readonly { readonly path: string }[]): Error | undefined {
  let failure: Error | undefined;
  for (const { path } of files) {
    try {
      unlinkSync(path);
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') failure ??= thrown as Error;
    }
  }
  return failure;
}

/** The same. @throws the first reason why a file could not be deleted; the others are */
export function deleteAll(files: readonly { readonly path: string }[]): void {
  const failure = deleteFiles(files);
  if (failure !== undefined) throw failure;
}
