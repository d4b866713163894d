import { type FileSettings } from '../file-options';
import { type WriteOutcome } from '../writer/acknowledged-fs';
import { RotatingFile } from '../writer/rotating-file';
import { type Frame, LaneConsumer } from './lane-consumer';

/** How soon a full pipe is tried again. */
const AGAIN_MS = 5;

/** One lane in the writer thread: takes frames out of the ring and appends them to its file. */
export class LaneWorker {
  readonly #consumer: LaneConsumer;
  readonly #file: RotatingFile;
  readonly #rest: () => void;
  #running: Promise<void> | undefined;

  /** @param rest - called when there is nothing left to do, or nothing can be done */
  constructor(shared: SharedArrayBuffer, settings: FileSettings, rest: () => void) {
    this.#consumer = new LaneConsumer(shared);
    this.#file = new RotatingFile(settings);
    this.#rest = rest;
  }

  wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      this.#rest();
    });
  }

  async close(): Promise<void> {
    await this.#running;
    await this.#file.close();
  }

  async #run(): Promise<void> {
    for (let frame = this.#consumer.next(); frame !== undefined; frame = this.#consumer.next()) {
      this.#consumer.busy = true;
      const failed = await this.#write(frame).catch((thrown: unknown) => ({ error: thrown as Error, records: 0 }));
      this.#consumer.busy = false;
      if (failed === undefined) this.#consumer.release(frame);
      else this.#consumer.fail(failed.error, failed.records);
    }
  }

  /** Writes a frame, over as many files as its size demands; what failed, and after how many records, or undefined. */
  async #write({ bytes, durable, multiline }: Frame): Promise<{ error: Error; records: number } | undefined> {
    let records = 0;
    for (let start = 0; start < bytes.length;) {
      const unopened = await this.#file.prepare();
      if (unopened !== undefined) return { error: unopened, records };
      const part = this.#nextPart(bytes.subarray(start), multiline);
      if (part === undefined) {
        const stuck = this.#file.rotate();
        if (stuck !== undefined) return { error: stuck, records };
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
    return outcome === 'written' && durable ? this.#file.sync() : outcome;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
