/** Which of several members is to be tried, and in which order. Pure: takes the time. */
export class FailoverPolicy {
  readonly #recheckMs: number;
  readonly #notBeforeMs: number[];

  constructor(members: number, recheckMs: number) {
    this.#recheckMs = recheckMs;
    this.#notBeforeMs = new Array<number>(members).fill(-Infinity);
  }

  /** The members that are well, and those that have rested, in their order; when all rest, the one that has soonest. */
  order(nowMs: number): readonly number[] {
    const members = [...this.#notBeforeMs.keys()];
    const fit = members.filter((member) => this.#restMs(member, nowMs) <= 0);
    if (fit.length > 0) return fit;
    return members.sort((a, b) => this.#restMs(a, nowMs) - this.#restMs(b, nowMs)).slice(0, 1);
  }

  failed(member: number, nowMs: number, afterMs: number | undefined): void {
    this.#notBeforeMs[member] = nowMs + Math.max(this.#recheckMs, afterMs ?? 0);
  }

  succeeded(member: number): void {
    this.#notBeforeMs[member] = -Infinity;
  }

  #restMs(member: number, nowMs: number): number {
    return (this.#notBeforeMs[member] ?? 0) - nowMs;
  }
}
