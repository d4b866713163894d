import { resolve } from 'node:path';
import { openFiles } from '../open-files';

export interface RotateFilesOptions {
  /** Only the destination with this `path`. @default all of the process */
  path?: string;
}

/**
 * Puts the live files aside now, as a size or a date would: `log.flush()` first, when what was logged so far has to be
 * in the files put aside. An empty file stays.
 *
 * @returns the names of the files put aside
 * @throws what kept a file from being put aside; the others are
 */
export async function rotateFiles({ path }: RotateFilesOptions = {}): Promise<string[]> {
  const wanted = path === undefined ? undefined : resolve(path);
  const files = openFiles.all.filter(({ settings }) => wanted === undefined || settings.path === wanted);
  const results = await Promise.allSettled(files.map((file) => file.rotate(false)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' ? (result.value ?? []) : []));
}
