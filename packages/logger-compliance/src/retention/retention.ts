import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Category, type Clock, systemClock } from '@metaexpert/logger-core';
import { readHolds } from '@metaexpert/logger-core/retention';
import { ComplianceError } from '../errors';
import { applyPlan, type DueFile, type RetentionOutcome } from './apply-plan';
import { deleteHold, type HoldFilter, writeHold } from './hold-keeper';
import { knowFiles } from './know-files';
import { type PlannedFile, planFiles } from './plan-retention';
import { categoriesOf } from './retained-file';
import { RetentionJournal } from './retention-journal';
import { checkRetention, type RetentionOptions } from './retention-options';
import { type RetentionPolicy } from './retention-policy';

/** What would be done now, and why. */
export interface RetentionPlan {
  /** ISO 8601. */
  readonly time: string;
  readonly policies: readonly RetentionPolicy[];
  /** Of each log the oldest first. */
  readonly files: readonly PlannedFile[];
}

/** Keeps logs as long as they must be kept, and no longer. What it knows is what is on the disk. */
export class Retention {
  readonly #options: RetentionOptions;
  readonly #policies: readonly RetentionPolicy[];
  readonly #journal: RetentionJournal;
  readonly #clock: Clock;

  /** @throws ConfigError with every mistake in the options */
  constructor(options: RetentionOptions) {
    this.#policies = checkRetention(options);
    this.#options = options;
    this.#journal = new RetentionJournal(options.log);
    this.#clock = options.clock ?? systemClock;
  }

  /** Says what `apply()` would do now. Changes nothing; reads whole files only where they seem due. */
  async plan(): Promise<RetentionPlan> {
    const nowMs = this.#clock.now();
    const files = (await this.#plan(nowMs)).map(({ planned }) => planned);
    return { time: new Date(nowMs).toISOString(), policies: this.#policies, files };
  }

  /**
   * Does what the plan says. Each step is in the log, durably, before any is taken, and what came of it after. A hold that
   * is set meanwhile stops what has not been done yet. One call at a time.
   *
   * @returns what was done to each file that was due
   * @throws ComplianceError `MXL_RETENTION_NOT_LOGGED`: nothing was touched, or, if it names `retention.ended`, everything
   * was done and that is not known to be in the log
   */
  async apply(): Promise<readonly RetentionOutcome[]> {
    return applyPlan(await this.#plan(this.#clock.now()), this.#journal, this.#options.archive?.path);
  }

  /**
   * Nothing that fits is deleted, moved or rewritten until the hold is released: neither by `apply()` nor by the file
   * destination's own retention. Resolves when that is in the log.
   *
   * @param id - of the case; the hold is the file `<id>.hold` in each folder of the logs
   * @param filter - with `category` the logs that hold records of it
   * @throws ComplianceError `MXL_RETENTION_HOLD` when it cannot be set, `MXL_RETENTION_NOT_LOGGED` when it is set but not
   * known to be in the log
   */
  async hold(id: string, { category, ...filter }: HoldFilter & { readonly category?: Category }): Promise<void> {
    const { reason, from, to, files = this.#namesOf(category) } = filter;
    const about = { reason, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const since = new Date(this.#clock.now()).toISOString();
    writeHold(this.#folders(true), id, { ...about, ...(files && { files }) }, since);
    const names = files === undefined ? {} : { files: files.join(', ').slice(0, 1024) };
    await this.#journal.durable('hold.set', { holdId: id, ...about, ...names });
  }

  /**
   * Ends a hold, once that is in the log.
   *
   * @throws ComplianceError `MXL_RETENTION_HOLD` when there is none of this name; `MXL_RETENTION_NOT_LOGGED`: it stays
   */
  async release(id: string, { reason }: { readonly reason: string }): Promise<void> {
    const folders = this.#folders(false).filter((folder) => readHolds(folder).some((hold) => hold.id === id));
    if (folders.length === 0) throw new ComplianceError('MXL_RETENTION_HOLD', `there is no hold '${id}'`);
    await this.#journal.durable('hold.released', { holdId: id, reason });
    deleteHold(folders, id);
  }

  async #plan(nowMs: number): Promise<DueFile[]> {
    const { logs, archive } = this.#options;
    const rules = { policies: this.#policies, archiveAfter: archive?.after, nowMs };
    const due: DueFile[] = [];
    for (const log of logs) {
      const known = await knowFiles(log, archive?.path, rules);
      const planned = planFiles(known, rules);
      due.push(...known.map((one, at) => ({ known: one, planned: planned[at] as PlannedFile })));
    }
    return due;
  }

  /** The names by which a hold knows the logs of a category; undefined when it is about all. */
  #namesOf(category: Category | undefined): readonly string[] | undefined {
    if (category === undefined) return undefined;
    const logs = this.#options.logs.filter((log) => categoriesOf(log).includes(category));
    if (logs.length === 0) throw new ComplianceError('MXL_RETENTION_HOLD', `no log holds records of ${category}`);
    return logs.map(({ path }) => basename(path).replaceAll('%DATE%', '*'));
  }

  /** Where the logs are, and the archive. */
  #folders(make: boolean): string[] {
    const { logs, archive } = this.#options;
    const folders = [...new Set([...logs.map(({ path }) => dirname(path)), ...(archive ? [archive.path] : [])])];
    if (make) for (const folder of folders) mkdirSync(folder, { recursive: true });
    return folders.filter((folder) => existsSync(folder));
  }
}

/**
 * Retention by policies.
 *
 * @throws ConfigError with every mistake in the options
 * @example
 * const retention = createRetention({ log, logs: [{ path: 'logs/trades.log', category: 'trade' }], policies: ['mica'] });
 * for (const { path, step, why } of (await retention.plan()).files) console.log(path, step, why);
 */
export function createRetention(options: RetentionOptions): Retention {
  return new Retention(options);
}
