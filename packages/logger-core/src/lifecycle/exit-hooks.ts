import { isMainThread } from 'node:worker_threads';
import { type Destination } from '../destination/destination';
import { endProcess } from './end-process';
import { WorkerAnnouncement } from './worker-announcement';
import { WorkerEnds } from './worker-ends';

/** What the exit hooks bring to its end: a logger's kernel. */
export interface Endable {
  readonly shutdownTimeoutMs: number;
  readonly pending: number;
  readonly destinations: readonly Destination[];
  /** Has it make the records that it still owes. Never throws. */
  settle(): void;
  flush(timeoutMs: number): Promise<unknown>;
  close(timeoutMs: number): Promise<unknown>;
  crashed(error: unknown, origin: string): void;
}

/** What records that came in during the flush still get when its time is over. */
const LAST_MS = 100;

/** How long each destination is waited for in its turn. */
const SLICE_MS = 10;

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Watches the end of the process on behalf of all loggers in it. Exit codes and the signals' own deaths stay as
 * they would be without a logger: nothing is prevented, it only happens after the records are out.
 */
class ExitHooks {
  readonly #loggers = new Set<Endable>();
  #flushedAtPending = -1;
  #dying = false;
  #workers: WorkerEnds | undefined;
  #announcement: WorkerAnnouncement | undefined;

  register(logger: Endable): void {
    if (this.#loggers.size === 0) this.#install();
    this.#loggers.add(logger);
  }

  unregister(logger: Endable): void {
    if (!this.#loggers.delete(logger) || this.#loggers.size > 0) return;
    this.#workers?.close();
    this.#announcement?.close();
    process.off('exit', this.#onExit);
    process.off('beforeExit', this.#onBeforeExit);
    process.off('uncaughtExceptionMonitor', this.#onCrash);
    for (const signal of SIGNALS) process.off(signal, this.#onSignal);
  }

  #install(): void {
    if (isMainThread) this.#workers = new WorkerEnds();
    else this.#announcement = new WorkerAnnouncement(() => Promise.allSettled(this.#flushAll()));
    process.on('exit', this.#onExit);
    process.on('beforeExit', this.#onBeforeExit);
    process.on('uncaughtExceptionMonitor', this.#onCrash);
    for (const signal of SIGNALS) process.on(signal, this.#onSignal);
  }

  readonly #onExit = (code: number): void => {
    // What an emptied loop has waited for in vain gets no second wait.
    const waited = this.#pending() > 0 && this.#pending() === this.#flushedAtPending;
    this.#finalFlush(waited ? LAST_MS : this.#timeoutMs());
    this.#announcement?.close();
    const stuck = this.#destinations().some(({ blocksExit }) => blocksExit);
    if (stuck) endProcess(process.exitCode ?? code);
  };

  /** The event loop is empty: timers of ours do not count, so there may be records waiting. */
  readonly #onBeforeExit = (): void => {
    const pending = this.#pending();
    if (pending === 0 || pending === this.#flushedAtPending) return;
    this.#flushedAtPending = pending;
    for (const logger of this.#loggers) {
      void logger.flush(logger.shutdownTimeoutMs).then(() => {
        // What is left now is stuck; asking again would keep the process for ever.
        this.#flushedAtPending = this.#pending();
      });
    }
  };

  readonly #onCrash = (error: unknown, origin: string): void => {
    for (const logger of this.#loggers) logger.crashed(error, origin);
  };

  readonly #onSignal = (signal: NodeJS.Signals): void => {
    // Somebody else answers this signal: what becomes of the process is theirs to say.
    if (process.listenerCount(signal) > 1) {
      void Promise.allSettled(this.#flushAll());
      return;
    }
    if (this.#dying) {
      this.#die(signal, 0);
      return;
    }
    this.#dying = true;
    const end = performance.now() + this.#timeoutMs();
    this.#workers?.ask();
    void Promise.allSettled(this.#flushAll()).then(() => this.#die(signal, end - performance.now()));
  };

  #die(signal: NodeJS.Signals, leftMs: number): void {
    this.#finalFlush(Math.max(LAST_MS, leftMs));
    process.off(signal, this.#onSignal);
    process.kill(process.pid, signal);
  }

  #flushAll(): Promise<unknown>[] {
    return [...this.#loggers].map((logger) => logger.flush(logger.shutdownTimeoutMs));
  }

  #finalFlush(timeoutMs: number): void {
    this.#workers?.ask();
    for (const logger of this.#loggers) logger.settle();
    const end = performance.now() + timeoutMs;
    let open = this.#destinations();
    for (const destination of open) destination.startFinalFlush();
    // In turns: one that hangs must not use up the time of the others.
    do {
      const leftMs = Math.max(0, end - performance.now());
      const waitMs = Math.min(SLICE_MS, leftMs);
      open = open.filter((destination) => !destination.continueFinalFlush(waitMs, leftMs));
    } while (open.length > 0 && performance.now() < end);
    this.#workers?.wait(end);
  }

  #timeoutMs(): number {
    return Math.max(0, ...[...this.#loggers].map(({ shutdownTimeoutMs }) => shutdownTimeoutMs));
  }

  #destinations(): Destination[] {
    return [...this.#loggers].flatMap(({ destinations }) => destinations);
  }

  #pending(): number {
    return [...this.#loggers].reduce((sum, { pending }) => sum + pending, 0);
  }
}

export const exitHooks = new ExitHooks();
