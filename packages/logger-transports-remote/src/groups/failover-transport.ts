import { type Diagnostics, type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type FailoverPolicy } from './failover-policy';
import { closeMembers, LAST_WRITE_MS, type Member } from './member';

export interface FailoverParts {
  readonly members: readonly Member[];
  readonly policy: FailoverPolicy;
  readonly diagnostics: Diagnostics;
}

/** Writes to the first member that takes the batch, and tells of those that did not: the records are safe, the member is not. */
export class FailoverTransport implements Transport {
  readonly #members: readonly Member[];
  readonly #policy: FailoverPolicy;
  readonly #diagnostics: Diagnostics;

  /** Only where a member can be written to when the process is going down. */
  readonly writeSync?: (batch: readonly Entry[]) => void;

  constructor({ members, policy, diagnostics }: FailoverParts) {
    this.#members = members;
    this.#policy = policy;
    this.#diagnostics = diagnostics;
    if (members.some(({ endsProcess }) => endsProcess)) this.writeSync = (batch) => this.#writeLast(batch);
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const errors: Error[] = [];
    for (const index of this.#policy.order(performance.now())) {
      const member = this.#members[index];
      if (member === undefined || signal.aborted) continue;
      const result = await member.write(batch, signal);
      if (result.status !== 'retry') {
        this.#policy.succeeded(index);
        for (const error of errors) this.#diagnostics.report('temporary', error);
        return result;
      }
      this.#policy.failed(index, performance.now(), result.afterMs);
      errors.push(new Error(`${member.name}: ${result.error?.message ?? 'not accepted'}`));
    }
    // The group tells of the last one by itself.
    return { status: 'retry', error: errors.at(-1) ?? new Error('no member is well') };
  }

  blocksExit(): boolean {
    return this.#members.some((member) => member.blocksExit());
  }

  close(signal: AbortSignal): Promise<void> {
    return closeMembers(this.#members, signal);
  }

  #writeLast(batch: readonly Entry[]): void {
    const fit = this.#members.filter(({ endsProcess }) => endsProcess);
    if (!fit.some((member) => member.writeSync(batch, LAST_WRITE_MS / fit.length)))
      throw new Error('no member could be written to at the end of the process');
  }
}
