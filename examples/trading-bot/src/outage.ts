/** A breakdown on order: once begun, it lasts for a number of attempts. */
export class Outage {
  #attemptsLeft = 0;

  begin(attempts: number): void {
    this.#attemptsLeft = attempts;
  }

  /** Asked once per attempt to get through. */
  blocks(): boolean {
    if (this.#attemptsLeft === 0) return false;
    this.#attemptsLeft -= 1;
    return true;
  }
}
