import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Housekeeping } from '../keeper/housekeeping';
import { type FileSettings } from '../options/file-settings';
import { RotatingFile } from '../rotation/rotating-file';
import { type WriteOutcome } from '../writer/write-outcome';
import { type Frame, LaneConsumer } from './lane-consumer';

/** How soon a full pipe is tried again. */
const AGAIN_MS = 5;

/** How long frames are written before the thread looks at its messages and other lanes. */
const TURN_MS = 20;

/** How long a lane waits at most for what an older one of the same file still has to write. */
const FOLLOW_MS = 1000;

/** A disk that took longer for the last write gets all that waits at once, up to so many bytes. */
const [SLOW_MS, MAX_GATHERED_BYTES] = [2, 4 * 1024 * 1024];

/** How a disk says that it is full. */
const FULL_CODES = ['ENOSPC', 'EDQUOT'];

export interface LaneWorkerParts {
  readonly shared: SharedArrayBuffer;
  readonly settings: FileSettings;
  readonly housekeeping: Housekeeping;
  /** Lanes that write the same file and were there before: what they have goes first. */
  readonly before: readonly LaneWorker[];
  /** Called when there is nothing left to do, or nothing can be done. */
  readonly rest: () => void;
}

/** One lane in the writer thread: takes frames out of the ring and appends them to its file. */
export class LaneWorker {
  readonly path: string;
  readonly #consumer: LaneConsumer;
  readonly #file: RotatingFile;
  readonly #housekeeping: Housekeeping;
  readonly #rest: () => void;
  #running: Promise<void> | undefined;
  #requests: (() => Promise<void>)[] = [];
  #before: readonly LaneWorker[];
  #slow = false;

  constructor({ shared, settings, housekeeping, before, rest }: LaneWorkerParts) {
    this.#before = before;
    this.path = settings.path;
    this.#consumer = new LaneConsumer(shared);
    this.#housekeeping = housekeeping;
    this.#file = new RotatingFile({ settings, changed: (livePath) => housekeeping.begin(livePath, this.#file.shared) });
    this.#rest = rest;
  }

  wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#rest();
    });
  }

  /**
   * Puts the live file aside between two frames and opens the next.
   *
   * @param hangUp - a file that somebody has moved away is only opened anew
   * @returns where it is now; undefined when there was nothing to put aside
   * @throws why it could not be put aside
   */
  rotate(hangUp: boolean): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      this.#requests.push(async () => {
        const aside = (await this.#file.prepare()) ?? (hangUp ? this.#file.hangUp() : this.#file.rotate());
        const failure = aside instanceof Error ? aside : await this.#file.prepare();
        if (failure !== undefined) reject(failure);
        else resolve(aside as string | undefined);
        if (this.#file.path !== undefined) this.#housekeeping.begin(this.#file.path, this.#file.shared);
      });
      this.wake();
    });
  }

  async close(): Promise<void> {
    await this.#running;
    this.#file.close();
    await this.#housekeeping.end();
  }

  async #run(): Promise<void> {
    await this.#follow();
    let turnMs = performance.now();
    await this.#serve();
    for (let frame = this.#consumer.next(); frame !== undefined; frame = this.#consumer.next()) {
      this.#consumer.busy = true;
      const frames = this.#gather(frame);
      const startMs = performance.now();
      const failed = await this.#write(frames).catch((thrown: unknown) => ({ error: thrown as Error, records: 0 }));
      this.#slow = performance.now() - startMs > SLOW_MS;
      this.#consumer.busy = false;
      if (failed === undefined) for (const one of frames) this.#consumer.release(one);
      else this.#fail(frames, failed.error, failed.records);
      if (performance.now() - turnMs > TURN_MS) {
        await nextTurn();
        turnMs = performance.now();
      }
      await this.#serve();
    }
  }

  /** What waits behind a frame, when the disk is slow: one write, and one fsync, for many. */
  #gather(first: Frame): Frame[] {
    const frames = [first];
    if (!this.#slow || first.multiline) return frames;
    let bytes = first.bytes.length;
    for (let next = this.#consumer.after(first); next !== undefined; next = this.#consumer.after(next)) {
      bytes += next.bytes.length;
      if (next.multiline || bytes > MAX_GATHERED_BYTES) break;
      frames.push(next);
    }
    return frames;
  }

  /** A logger that was configured anew goes on in the same file behind what it had logged before. */
  async #follow(): Promise<void> {
    const before = this.#before;
    if (before.length === 0) return;
    this.#before = [];
    const end = performance.now() + FOLLOW_MS;
    while (before.some((lane) => !lane.#consumer.empty) && performance.now() < end) await nextTurn();
  }

  async #serve(): Promise<void> {
    for (const request of this.#requests.splice(0)) await request();
  }

  #fail(frames: readonly Frame[], error: Error, records: number): void {
    this.#consumer.failAll(frames, error, records);
    const full = FULL_CODES.includes((error as NodeJS.ErrnoException).code ?? '');
    if (full && this.#file.path !== undefined) this.#housekeeping.begin(this.#file.path, this.#file.shared);
  }

  /** Writes frames, over as many files as their size demands; what failed, and after how many records, or undefined. */
  async #write(frames: readonly Frame[]): Promise<{ error: Error; records: number } | undefined> {
    const [{ bytes: own, multiline }] = frames as [Frame];
    const bytes = frames.length === 1 ? own : Buffer.concat(frames.map((frame) => frame.bytes));
    const durable = frames.some((frame) => frame.durable);
    let records = 0;
    for (let start = 0; start < bytes.length;) {
      const unopened = await this.#file.prepare();
      if (unopened !== undefined) return { error: unopened, records };
      const part = this.#nextPart(bytes.subarray(start), multiline);
      if (part === undefined) {
        const stuck = this.#file.rotate();
        if (stuck instanceof Error) return { error: stuck, records };
        continue;
      }
      const outcome = await this.#append(part, durable);
      if (outcome instanceof Error) return { error: outcome, records };
      start += part.length;
      if (start < bytes.length) records += countLines(part);
    }
    return undefined;
  }

  /** As much as the live file has room for, in whole records; undefined when it has to be put aside first. */
  #nextPart(bytes: Buffer, multiline: boolean): Buffer | undefined {
    const room = this.#file.room;
    if (bytes.length <= room) return bytes;
    const end = multiline || room <= 0 ? 0 : bytes.lastIndexOf(10, room - 1) + 1;
    if (end > 0) return bytes.subarray(0, end);
    if (!this.#file.empty) return undefined;
    // A record larger than the limit has a file to itself.
    return multiline ? bytes : bytes.subarray(0, bytes.indexOf(10) + 1);
  }

  async #append(part: Buffer, durable: boolean): Promise<WriteOutcome> {
    let outcome = await this.#file.append(part);
    while (outcome === 'again') {
      this.#consumer.busy = false;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      outcome = await this.#file.append(part);
    }
    this.#consumer.segments = this.#file.segments;
    return outcome === 'written' && durable ? this.#file.sync(part.length) : outcome;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
