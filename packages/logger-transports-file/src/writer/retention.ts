import { unlinkSync } from 'node:fs';
import { type RotatedFile } from './file-family';

export interface RetentionRules {
  /** Files kept in all, the live one included. */
  readonly keepFiles: number | undefined;
  /** How long a file is kept after its last change. */
  readonly keepMs: number | undefined;
}

/** Which of the files put aside have to go, oldest first. Pure. */
export function filesToDelete(
  rotated: readonly RotatedFile[],
  { keepFiles, keepMs }: RetentionRules,
  nowMs: number,
): RotatedFile[] {
  const surplus = keepFiles === undefined ? 0 : Math.max(0, rotated.length - (keepFiles - 1));
  return rotated.filter(
    ({ modifiedMs }, index) => index < surplus || (keepMs !== undefined && nowMs - modifiedMs > keepMs),
  );
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
