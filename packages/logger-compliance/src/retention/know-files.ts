import { holdsOfLog } from './holds-of-log';
import { readFileTimes } from './file-times';
import { type KnownFile, type PlanRules } from './plan-retention';
import { categoriesOf, type RetainedFile, retainedFiles, type RetainedLog } from './retained-file';
import { strictest } from './strictest';

/**
 * What there is to know about the files of a log. A file is as old as its last change; one that is due by that, or under a
 * hold of a certain time, is read: its records say how old it is, if they are younger.
 */
export async function knowFiles(
  log: RetainedLog,
  archive: string | undefined,
  rules: PlanRules,
): Promise<readonly KnownFile[]> {
  const known: KnownFile[] = [];
  const holds = holdsOfLog(log.path, archive);
  for (const file of retainedFiles(log, archive)) {
    const timed = holds.some(({ fromMs, toMs }) => fromMs > -Infinity || toMs < Infinity);
    const { firstMs, lastMs } = timed || isDue(file, rules) ? await timesOf(file) : {};
    known.push({ file, holds, firstMs, lastMs: Math.max(file.modifiedMs, lastMs ?? -Infinity) });
  }
  return known;
}

/** By its last change; the records can only be as old, or the file was given another time. */
function isDue({ log, modifiedMs, live }: RetainedFile, { policies, nowMs }: PlanRules): boolean {
  const { keep, erase } = strictest(policies, categoriesOf(log), modifiedMs);
  return !live && erase !== undefined && Math.max(erase.untilMs, keep?.untilMs ?? -Infinity) <= nowMs;
}

/** A file that cannot be read as a log (it is encrypted, say) is as old as its last change. */
async function timesOf({ path }: RetainedFile): ReturnType<typeof readFileTimes> {
  try {
    return await readFileTimes(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') throw thrown;
    return { firstMs: undefined, lastMs: undefined };
  }
}
