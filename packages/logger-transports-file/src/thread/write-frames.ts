import { type LineStage } from '@metaexpert/logger-core';
import { type RotatingFile } from '../rotation/rotating-file';
import { type WriteOutcome } from '../writer/write-outcome';
import { type Frame } from './lane-consumer';

/** How soon a full pipe is tried again. */
const AGAIN_MS = 5;

export interface FramesToWrite {
  readonly file: RotatingFile;
  /** Of one lane, one at least. One whose records have line breaks, or that has a word for the stage, goes alone. */
  readonly frames: readonly Frame[];
  /** What is done with the lines first. */
  readonly stage: LineStage | undefined;
  /** Told when the thread waits for something that is no system call, and when it goes on. */
  readonly busy: (busy: boolean) => void;
}

/** What kept frames from being written, and after how many records. */
export interface FramesFailure {
  readonly error: Error;
  readonly records: number;
}

interface PartFailure extends FramesFailure {
  /** What is in the file all the same. */
  readonly bytes: number;
}

/** Writes frames, by way of the stage if there is one; what failed, or undefined. */
export async function writeFrames(parts: FramesToWrite): Promise<FramesFailure | undefined> {
  const { frames, stage } = parts;
  const [{ bytes: own, multiline, word }] = frames as [Frame];
  const lines = frames.length === 1 ? own : Buffer.concat(frames.map((frame) => frame.bytes));
  if (stage === undefined) return writeLines(parts, lines);
  const bytes = stage.take(lines, { word, multiline });
  const failed = await writeLines(parts, bytes);
  const records = stage.settle(failed?.bytes ?? bytes.length);
  return failed && { ...failed, records };
}

/** Over as many files as their size demands. */
async function writeLines({ file, frames, busy }: FramesToWrite, bytes: Buffer): Promise<PartFailure | undefined> {
  const [{ multiline }] = frames as [Frame];
  const durable = frames.some((frame) => frame.durable);
  let records = 0;
  for (let start = 0; start < bytes.length;) {
    const unopened = await file.prepare();
    if (unopened !== undefined) return { error: unopened, records, bytes: start };
    const part = nextPart(file, bytes.subarray(start), multiline);
    if (part === undefined) {
      const stuck = file.rotate();
      if (stuck instanceof Error) return { error: stuck, records, bytes: start };
      continue;
    }
    const appended = await append(file, part, busy);
    const outcome = appended === 'written' && durable ? file.sync(part.length) : appended;
    if (outcome instanceof Error) return { error: outcome, records, bytes: start };
    start += part.length;
    if (start < bytes.length) records += countLines(part);
  }
  return undefined;
}

/** As much as the live file has room for, in whole records; undefined when it has to be put aside first. */
function nextPart(file: RotatingFile, bytes: Buffer, multiline: boolean): Buffer | undefined {
  const { room } = file;
  if (bytes.length <= room) return bytes;
  const end = multiline || room <= 0 ? 0 : bytes.lastIndexOf(10, room - 1) + 1;
  if (end > 0) return bytes.subarray(0, end);
  if (!file.empty) return undefined;
  // A record larger than the limit has a file to itself.
  return multiline ? bytes : bytes.subarray(0, bytes.indexOf(10) + 1);
}

async function append(file: RotatingFile, part: Buffer, busy: (busy: boolean) => void): Promise<WriteOutcome> {
  let outcome = await file.append(part);
  while (outcome === 'again') {
    busy(false);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    busy(true);
    outcome = await file.append(part);
  }
  return outcome;
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
