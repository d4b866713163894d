import { type Clock } from '../clock';

/** A clock that stands still until it is moved; simulated. */
export class ManualClock implements Clock {
  readonly simulated = true;
  #nowMs: number;

  constructor(nowMs = 0) {
    this.#nowMs = nowMs;
  }

  now(): number {
    return this.#nowMs;
  }

  set(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
