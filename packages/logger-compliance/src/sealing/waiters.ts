/** Those who wait for something to happen. */
export class Waiters {
  #waiting: (() => void)[] = [];

  /** Something has happened: everybody looks again. */
  wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when the condition holds, or the signal has aborted. */
  async until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    const wake = (): void => this.wake();
    signal.addEventListener('abort', wake);
    while (!condition() && !signal.aborted) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    signal.removeEventListener('abort', wake);
  }
}
