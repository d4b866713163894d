import { randomUUID } from 'node:crypto';
import { BroadcastChannel } from 'node:worker_threads';
import { FileError } from '../errors';
import { type PlainError } from '../keeper/messages';
import { toError } from '../keeper/to-error';
import { encryptionDigest } from '../options/differing-settings';
import { type FromHost, laneChannel, type ToHost } from './guest-messages';
import { type LaneEnd } from './lane-end';
import { type LaneHome } from './lane-home';
import { openLane, OWNER, WORD } from './lane-memory';
import { type OfferBoard } from './offer-board';

/** How soon a writer of the main thread has to take a lane, on a busy machine too, and how much of that setting up a logger may take. */
const [ANSWER_MS, SET_UP_MS] = [500, 100];

type Rotated = Pick<Extract<FromHost, { rotated: number }>, 'path' | 'error'>;

const GONE: PlainError = { code: 'MXL_FILE_THREAD_DIED', message: 'the thread that owns the file is gone' };

const differ = (message: string): FileError => new FileError('MXL_FILE_SETTINGS_DIFFER', message);

export interface OfferedLaneParts {
  readonly lane: LaneEnd;
  readonly board: OfferBoard;
  /** Has a writer of this thread consume the lane. */
  readonly keep: () => LaneHome;
}

/**
 * In a worker thread: has the thread that the main thread's loggers write by consume a lane, so that a process has one
 * writer for a folder. When none takes it, this thread gets a writer of its own. What is under way in the meantime
 * waits in the lane, which does not change.
 */
export class OfferedLane implements LaneHome {
  readonly #parts: OfferedLaneParts;
  readonly #words: Int32Array;
  #channel: BroadcastChannel | undefined;
  #own: LaneHome | undefined;
  #decideAtMs = Infinity;
  #timer: NodeJS.Timeout | undefined;
  #nextRequest = 1;
  readonly #rotating = new Map<number, (answer: Rotated) => void>();
  /** What waits for an answer to the offer. */
  #waiting: (() => void)[] = [];
  #closed: (() => void) | undefined;

  constructor(parts: OfferedLaneParts) {
    this.#parts = parts;
    this.#words = openLane(parts.lane.shared).words;
    // Nobody consumes it: it is new, or its consumer is gone.
    Atomics.store(this.#words, WORD.owner, OWNER.nobody);
    parts.board.add(this);
    this.#offer();
  }

  get owner(): number {
    return Atomics.load(this.#words, WORD.owner);
  }

  get heldUp(): boolean {
    return this.#own?.heldUp ?? this.owner > 0;
  }

  get ours(): boolean {
    return this.#own !== undefined;
  }

  get hangsForOthers(): boolean {
    return this.#own?.hangsForOthers ?? false;
  }

  poll(): void {
    if (performance.now() >= this.#decideAtMs) this.#decide();
  }

  refusal(): Error | undefined {
    return this.#own?.refusal();
  }

  wake(): void {
    if (this.#own !== undefined) this.#own.wake();
    else if (this.owner > 0) this.#tell('wake');
    // Whoever takes an offer looks into the lane; one that was let go is offered again.
    else if (this.#decideAtMs === Infinity) this.#offer();
  }

  async rotate(hangUp: boolean): Promise<string | undefined> {
    await this.#answered();
    if (this.#own !== undefined) return this.#own.rotate(hangUp);
    if (this.#channel === undefined) throw toError(GONE);
    const request = this.#nextRequest++;
    const answer = await new Promise<Rotated>((resolve) => {
      this.#rotating.set(request, resolve);
      this.#tell({ rotate: request, hangUp });
    });
    this.#rotating.delete(request);
    if (answer.error !== undefined) throw toError(answer.error);
    return answer.path;
  }

  abandon(): void {
    this.#own?.abandon();
    this.#leave();
  }

  async close(): Promise<void> {
    // Nobody else takes it any more.
    const nobodys = Atomics.compareExchange(this.#words, WORD.owner, OWNER.nobody, OWNER.maker) === OWNER.nobody;
    if (nobodys && Atomics.load(this.#words, WORD.write) !== Atomics.load(this.#words, WORD.read)) this.#stay();
    if (this.#own !== undefined) await this.#own.close();
    else if (this.owner > 0) {
      await new Promise<void>((resolve) => {
        this.#closed = resolve;
        this.#tell('close');
      });
    }
    this.#leave();
  }

  finish(waitMs: number): boolean {
    return this.#own?.finish(waitMs) ?? true;
  }

  ready(waitMs: number): void {
    const endMs = performance.now() + waitMs;
    const leftMs = Math.min(SET_UP_MS, waitMs, this.#decideAtMs - performance.now());
    if (leftMs > 0) Atomics.wait(this.#words, WORD.owner, OWNER.nobody, leftMs);
    this.poll();
    this.#own?.ready(Math.max(0, endMs - performance.now()));
  }

  lost(error: Error): void {
    this.#leave();
    this.#parts.lane.lost(error);
  }

  #offer(): void {
    const { lane, board } = this.#parts;
    this.#channel?.close();
    const name = randomUUID();
    this.#channel = new BroadcastChannel(laneChannel(name));
    this.#channel.onmessage = ({ data }: { data: unknown }) => this.#hear(data as FromHost);
    this.#channel.unref();
    const { encryption, ...settings } = lane.settings;
    board.post({ offer: name, shared: lane.shared, settings, encryption: encryptionDigest(encryption) });
    this.#decideAtMs = performance.now() + ANSWER_MS;
    this.#timer = setTimeout(() => this.#decide(), ANSWER_MS).unref();
  }

  /** The time for an answer is over. */
  #decide(): void {
    clearTimeout(this.#timer);
    this.#decideAtMs = Infinity;
    const { lane } = this.#parts;
    const before = Atomics.compareExchange(this.#words, WORD.owner, OWNER.nobody, OWNER.maker);
    if (before === OWNER.refused) {
      this.lost(differ(`this process writes '${lane.settings.path}' by another key, or by none`));
    } else if (before === OWNER.nobody) this.#stay();
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  #stay(): void {
    const { lane, keep } = this.#parts;
    const inUse = lane.hold();
    if (inUse === undefined) (this.#own = keep()).wake();
    else this.lost(inUse);
  }

  #hear(message: FromHost): void {
    const { lane } = this.#parts;
    if (message === 'news') lane.news();
    else if (message === 'taken') this.#decide();
    else if (message === 'closed') this.#closed?.();
    else if ('trouble' in message) lane.trouble(toError(message.trouble));
    else if ('rotated' in message) this.#rotating.get(message.rotated)?.(message);
    else lane.trouble(differ(`'${lane.settings.path}' is not written as said here, in ${message.differs.join(', ')}`));
  }

  #answered(): Promise<void> {
    if (this.#own !== undefined || this.owner > 0) return Promise.resolve();
    if (this.#decideAtMs === Infinity) this.#offer();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #tell(message: ToHost): void {
    this.#channel?.postMessage(message);
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#decideAtMs = Infinity;
    this.#closed?.();
    for (const answer of this.#rotating.values()) answer({ error: GONE });
    this.#channel?.close();
    this.#channel = undefined;
    this.#parts.board.delete(this);
  }
}
