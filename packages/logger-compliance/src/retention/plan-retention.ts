import { type Category } from '@metaexpert/logger-core';
import { type Hold, holdsOf } from '@metaexpert/logger-core/retention';
import { categoriesOf, type RetainedFile } from './retained-file';
import { type RetentionPolicy } from './retention-policy';
import { strictest, type Verdict } from './strictest';
import { addPeriod, type Period } from './period';

/** What is to become of a file: `held` is kept by a hold, whatever the rules say. */
export type RetentionStep = 'keep' | 'held' | 'archive' | 'erase';

export interface PlannedFile {
  readonly path: string;
  readonly categories: readonly Category[];
  readonly bytes: number;
  readonly archived: boolean;
  readonly step: RetentionStep;
  /** For people. */
  readonly why: string;
  /** ISO 8601; null where that cannot be told. */
  readonly firstTime: string | null;
  readonly lastTime: string;
  /** End of the longest duty to keep; null without one. */
  readonly keepUntil: string | null;
  /** When the file has to be gone, duties considered; null without a limit. */
  readonly eraseFrom: string | null;
  /** Ids of the holds that it is under. */
  readonly holds: readonly string[];
  /** How a limit and a duty disagree, and which wins. */
  readonly conflict: string | null;
}

/** What is known of a file when it is planned for. */
export interface KnownFile {
  readonly file: RetainedFile;
  readonly firstMs: number | undefined;
  readonly lastMs: number;
  readonly holds: readonly Hold[];
}

export interface PlanRules {
  readonly policies: readonly RetentionPolicy[];
  /** Files go to the archive after so long; undefined for never. */
  readonly archiveAfter: Period | undefined;
  readonly nowMs: number;
}

/** Plans the files of one log. Pure. @param files - oldest first */
export function planFiles(files: readonly KnownFile[], rules: PlanRules): PlannedFile[] {
  // A log is kept without gaps: proofs and sequence numbers would not go over one. So only its oldest files ever go.
  let [mayErase, mayArchive] = [true, true];
  return files.map((known) => {
    const planned = planFile(known, rules, { mayErase, mayArchive });
    mayErase &&= planned.step === 'erase';
    mayArchive &&= planned.step === 'erase' || planned.step === 'archive' || planned.archived;
    return planned;
  });
}

function planFile(
  { file, firstMs, lastMs, holds }: KnownFile,
  rules: PlanRules,
  first: { mayErase: boolean; mayArchive: boolean },
): PlannedFile {
  const categories = categoriesOf(file.log);
  const verdict = strictest(rules.policies, categories, lastMs);
  const { keep, erase, conflict } = verdict;
  const eraseFromMs = erase && Math.max(erase.untilMs, keep?.untilMs ?? -Infinity);
  const held = holdsOf({ names: file.names, firstMs, lastMs }, holds);
  const decided = decide({ file, lastMs, held, verdict, eraseFromMs, rules, first });
  return {
    path: file.path,
    categories,
    bytes: file.bytes,
    archived: file.archived,
    ...decided,
    firstTime: firstMs === undefined ? null : iso(firstMs),
    lastTime: iso(lastMs),
    keepUntil: keep === undefined ? null : iso(keep.untilMs),
    eraseFrom: eraseFromMs === undefined ? null : iso(eraseFromMs),
    holds: [...new Set(held.map(({ id }) => id))],
    conflict: conflict ?? null,
  };
}

interface Decision {
  readonly file: RetainedFile;
  readonly lastMs: number;
  readonly held: readonly Hold[];
  readonly verdict: Verdict;
  readonly eraseFromMs: number | undefined;
  readonly rules: PlanRules;
  readonly first: { readonly mayErase: boolean; readonly mayArchive: boolean };
}

function decide(about: Decision): Pick<PlannedFile, 'step' | 'why'> {
  const { file, held, verdict, eraseFromMs, rules, first } = about;
  const { erase, keep } = verdict;
  if (held.length > 0)
    return { step: 'held', why: [...new Set(held.map(({ id, reason }) => `held by ${id}: ${reason}`))].join('; ') };
  if (file.live) return { step: 'keep', why: 'the log is written here, or goes on from here' };
  if (erase !== undefined && eraseFromMs !== undefined && eraseFromMs <= rules.nowMs) {
    const limit = `${erase.policy.name} allows at most ${erase.period} (${erase.policy.source})`;
    if (!first.mayErase) return { step: 'keep', why: `${limit}; but an older file stays, and a log has no gaps` };
    const duty = keep === undefined ? 'no duty to keep' : `the duty of ${keep.policy.name} ended ${iso(keep.untilMs)}`;
    return { step: 'erase', why: `${limit}; ${duty}` };
  }
  const why = keepReason(verdict, eraseFromMs, rules.nowMs);
  const toArchive = archiveReason(about);
  return toArchive === undefined ? { step: 'keep', why } : { step: 'archive', why: `${toArchive}; ${why}` };
}

function archiveReason({ file, lastMs, verdict, rules, first }: Decision): string | undefined {
  const { archiveAfter, nowMs } = rules;
  if (archiveAfter === undefined || file.archived || !first.mayArchive) return undefined;
  const due = addPeriod(lastMs, archiveAfter) <= nowMs && (verdict.atHand?.untilMs ?? -Infinity) <= nowMs;
  return due ? `older than ${archiveAfter}` : undefined;
}

function keepReason({ keep, conflict }: Verdict, eraseFromMs: number | undefined, nowMs: number): string {
  if (conflict !== undefined) return conflict;
  if (keep !== undefined && keep.untilMs > nowMs)
    return `${keep.policy.name} keeps it for ${keep.period}, until ${iso(keep.untilMs)} (${keep.policy.source})`;
  if (eraseFromMs !== undefined) return `may stay until ${iso(eraseFromMs)}`;
  return keep === undefined ? 'no policy is about it' : 'no duty any more, and no policy wants it gone';
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
