import { type Diagnostics, type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { closeMembers, LAST_WRITE_MS, type Member } from './member';
import { decide, type Fate, fatesOf } from './quorum';

export interface FanOutParts {
  readonly members: readonly Member[];
  readonly quorum: number;
  readonly diagnostics: Diagnostics;
}

/**
 * Writes every batch to all members. One that already has a record is not given it again when the others are tried once more;
 * one that misses a record which a quorum has is told of, and gets on with the next.
 */
export class FanOutTransport implements Transport {
  readonly #parts: FanOutParts;
  readonly #known = new WeakMap<Entry, Fate[]>();

  /** Only where a member can be written to when the process is going down. */
  readonly writeSync?: (batch: readonly Entry[]) => void;

  constructor(parts: FanOutParts) {
    this.#parts = parts;
    if (parts.members.some(({ endsProcess }) => endsProcess)) this.writeSync = (batch) => this.#writeLast(batch);
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { members, quorum } = this.#parts;
    const errors = await Promise.all(members.map((member, at) => this.#writeTo(member, at, batch, signal)));
    const error = errors.find((one) => one !== undefined) ?? new Error('not enough members have it');
    const fates = batch.map((entry) => this.#fates(entry));
    this.#tellMissed(fates);
    return decide(fates, quorum, error);
  }

  blocksExit(): boolean {
    return this.#parts.members.some((member) => member.blocksExit());
  }

  close(signal: AbortSignal): Promise<void> {
    return closeMembers(this.#parts.members, signal);
  }

  #writeLast(batch: readonly Entry[]): void {
    const { members, quorum } = this.#parts;
    members.forEach((member, at) => {
      const open = batch.filter((entry) => this.#fates(entry)[at] === undefined);
      if (!member.endsProcess || open.length === 0 || !member.writeSync(open, LAST_WRITE_MS / members.length)) return;
      for (const entry of open) this.#fates(entry)[at] = 'delivered';
    });
    const fates = batch.map((entry) => this.#fates(entry));
    this.#tellMissed(fates);
    const short = fates.filter((one) => one.filter((fate) => fate === 'delivered').length < quorum).length;
    if (short > 0) throw new Error(`${short} records are with too few members at the end of the process`);
  }

  async #writeTo(member: Member, at: number, batch: readonly Entry[], signal: AbortSignal): Promise<Error | undefined> {
    const open = batch.filter((entry) => this.#fates(entry)[at] === undefined);
    if (open.length === 0) return undefined;
    const result = await member.write(open, signal);
    const fates = fatesOf(result, open.length);
    open.forEach((entry, index) => (this.#fates(entry)[at] = fates[index]));
    if (result.status === 'delivered') return undefined;
    return new Error(`${member.name}: ${result.error?.message ?? 'not accepted'}`);
  }

  #fates(entry: Entry): Fate[] {
    const known = this.#known.get(entry) ?? new Array<Fate>(this.#parts.members.length).fill(undefined);
    this.#known.set(entry, known);
    return known;
  }

  /** Records that count as delivered and that a member does not have. */
  #tellMissed(fates: readonly (readonly Fate[])[]): void {
    const { members, quorum, diagnostics } = this.#parts;
    const enough = fates.filter((one) => one.filter((fate) => fate === 'delivered').length >= quorum);
    members.forEach(({ name }, at) => {
      const missed = enough.filter((one) => one[at] !== 'delivered').length;
      if (missed > 0) diagnostics.report('permanent', new Error(`${name} does not have these records`), missed);
    });
  }
}
