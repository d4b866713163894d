import { archiveFiles } from '../archive/archive-files';
import { codecOf } from '../compression/codec';
import { compressFile } from '../compression/compress-file';
import { sameContent } from '../compression/same-content';
import { type FileSettings } from '../options/file-settings';
import { deleteAll } from '../retention/files-to-delete';
import { FileFamily } from '../rotation/file-family';
import { deletePlanned } from './delete-planned';
import { mendFamily } from './mend-family';
import { planFamily } from './plan-family';

export interface KeepParts {
  readonly settings: FileSettings;
  readonly livePath: string;
  readonly nowMs: number;
  /** Others write to the same path. @default false */
  readonly shared?: boolean;
  /** Called before each call that may take long. */
  readonly onSlice?: () => void;
  /** Whether `livePath` is still the live file: what begins meanwhile is not to be touched. @default yes */
  readonly isCurrent?: () => boolean;
}

/**
 * Brings the files put aside into the state that the rules ask for: what a crash has left half done, retention,
 * compression, the archive. Each step leaves a state from which this function goes on, whenever it is cut off. Never
 * rejects: a file that a step fails on stays as it is, and the others go on.
 *
 * @returns what went wrong
 */
export async function keepFamily(parts: KeepParts): Promise<Error[]> {
  const { settings, livePath, nowMs, shared = false, onSlice, isCurrent = () => true } = parts;
  if (!isCurrent()) return [];
  const failures: Error[] = [];
  const slices = onSlice !== undefined && { onSlice };
  const attempt = async (what: () => void | Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (thrown) {
      failures.push(thrown as Error);
    }
  };
  const family = new FileFamily(settings.path, settings.datePattern);
  const planned = { settings, family, livePath, nowMs, shared };
  const same = (one: string, other: string): Promise<boolean> => sameContent(one, other, onSlice);
  await attempt(() => mendFamily({ family, livePath, shared, sameContent: same }));
  await attempt(async () => {
    const plan = planFamily(planned);
    await attempt(() => deletePlanned(plan, family));
    const codec = settings.compress === undefined ? undefined : codecOf(settings.compress);
    if (codec !== undefined) {
      for (const { path } of plan.toCompress) await attempt(() => compressFile({ path, codec, shared, ...slices }));
    }
  });
  // Of originals that have gone since the first look: a crash may have left more than one archive half made.
  await attempt(() => deleteAll(family.leftovers()));
  const { archive } = settings;
  if (archive !== undefined && isCurrent()) {
    await attempt(async () => {
      // Once more, because compression has given them new names.
      const { toArchive } = planFamily(planned);
      failures.push(...(await archiveFiles(toArchive, archive.path, onSlice)));
    });
  }
  return failures;
}
