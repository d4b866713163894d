import { randomUUID } from 'node:crypto';
import { stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { holdsOf } from '@metaexpert/logger-core/retention';
import { archiveFile } from './archive-file';
import { digestFile } from './digest-file';
import { holdsOfLog } from './holds-of-log';
import { type KnownFile, type PlannedFile } from './plan-retention';
import { type RetentionJournal } from './retention-journal';
import { syncFolder } from './sync-folder';

/** What was done to one file. */
export interface RetentionOutcome {
  readonly path: string;
  readonly step: 'archive' | 'erase';
  readonly done: boolean;
  /** Where an archived file is now. */
  readonly to?: string;
  /** Why it was not done; the file stays as it is, for the next time. */
  readonly reason?: string;
}

/** A file with what is to become of it. */
export interface DueFile {
  readonly known: KnownFile;
  readonly planned: PlannedFile;
}

interface Step {
  readonly known: KnownFile;
  readonly path: string;
  readonly step: 'archive' | 'erase';
  readonly why: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Takes the steps of a plan, each said in the log before and after. */
export async function applyPlan(
  files: readonly DueFile[],
  journal: RetentionJournal,
  archive: string | undefined,
): Promise<readonly RetentionOutcome[]> {
  const steps: Step[] = [];
  for (const { known, planned } of files) {
    const { step, path, why } = planned;
    if (step === 'archive' || step === 'erase') steps.push({ known, path, step, why, ...(await stateOf(path)) });
  }
  if (steps.length === 0) return [];
  const runId = randomUUID();
  for (const { step, path, why, sha256, bytes } of steps)
    journal.event('retention.planned', { runId, step, file: path, sha256, bytes, reason: shorten(why) });
  await journal.durable('retention.started', { runId, files: steps.length });
  const outcomes: RetentionOutcome[] = [];
  // Where an older file stays, a younger one of its log stays too: a log has no gaps.
  const stopped = new Set<string>();
  for (const step of steps) {
    const { log } = step.known.file;
    const outcome = stopped.has(log.path) ? refuse(step, 'an older file stays') : await take(step, archive);
    if (!outcome.done) stopped.add(log.path);
    const { to, reason } = outcome;
    const about = { ...(to !== undefined && { to }), ...(reason !== undefined && { reason: shorten(reason) }) };
    journal.event('retention.done', { runId, step: step.step, file: step.path, done: outcome.done, ...about });
    outcomes.push(outcome);
  }
  await journal.durable('retention.ended', { runId, done: outcomes.filter(({ done }) => done).length });
  return outcomes;
}

async function take(step: Step, archive: string | undefined): Promise<RetentionOutcome> {
  const { path, known, sha256 } = step;
  try {
    const now = await stat(path);
    if (now.size !== step.bytes || now.mtimeMs !== step.modifiedMs) return refuse(step, 'it has changed meanwhile');
    // Set since the plan was made: it must not come too late.
    const [hold] = holdsOf({ ...known, names: known.file.names }, holdsOfLog(known.file.log.path, archive));
    if (hold !== undefined) return refuse(step, `held by ${hold.id}: ${hold.reason}`);
    if (step.step === 'archive' && archive !== undefined)
      return { path, step: 'archive', done: true, to: await archiveFile(path, archive, sha256) };
    await unlink(path);
    await syncFolder(dirname(path));
    return { path, step: 'erase', done: true };
  } catch (thrown) {
    return refuse(step, (thrown as Error).message);
  }
}

function refuse({ path, step }: Step, reason: string): RetentionOutcome {
  return { path, step, done: false, reason };
}

async function stateOf(path: string): Promise<{ sha256: string; bytes: number; modifiedMs: number }> {
  const { size, mtimeMs } = await stat(path);
  return { sha256: await digestFile(path), bytes: size, modifiedMs: mtimeMs };
}

/** As long as a text of an event may be. */
function shorten(text: string): string {
  return text.slice(0, 1024);
}
