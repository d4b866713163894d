import { type SpooledBody } from '@metaexpert/logger-core';
import { ENTRY, frameIndex, FRAME_HEAD_BYTES, sealFrame } from './frame';
import { lastNotes } from './last-notes';
import { createSegment, listSegments, type Segment } from './segment-list';
import { SegmentMemory } from './segment-memory';
import { SegmentWriter } from './segment-writer';
import { realSpoolFs, type SpoolFs } from './spool-fs';
import { syncFolder } from './sync-folder';

/** Segments are small: the oldest goes as a whole, and one is read into memory at a time. */
const SEGMENT_BYTES = 1_048_576;
const SEGMENTS = 8;

export interface SpoolFolderOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly fsync: boolean;
  readonly fs?: SpoolFs;
  /** The entries below were given up to keep under `maxBytes`. */
  readonly dropped: (below: number) => void;
}

/** What there is of the entries from the index asked for on, and below `to`. */
export interface SpoolPart {
  readonly to: number;
  readonly entries: SpooledBody[];
}

/**
 * A spool's folder: segments of frames, all state in them. Synchronous; methods throw what the system says, and can be
 * called again then. Only the owner of the folder may have one.
 */
export class SpoolFolder {
  readonly #options: SpoolFolderOptions;
  readonly #fs: SpoolFs;
  readonly #segmentBytes: number;
  #segments: Segment[] = [];
  #tail: SegmentWriter | undefined;
  #next = 0;
  #acknowledged = 0;
  /** Below this all has been handed out. */
  #lent = 0;
  /** As much of it as the folder says is nowhere but in memory. */
  #noted = 0;
  readonly #memory: SegmentMemory;

  constructor(options: SpoolFolderOptions) {
    this.#options = options;
    this.#fs = options.fs ?? realSpoolFs;
    this.#memory = new SegmentMemory(this.#fs);
    this.#segmentBytes = Math.max(1, Math.min(SEGMENT_BYTES, Math.floor(options.maxBytes / SEGMENTS)));
  }

  /** Finds what an earlier process has left. Entries of `first` to `from` were in its memory alone, and are lost with it. */
  open(): { first: number; from: number; next: number } {
    this.#fs.mkdirSync(this.#options.dir, { recursive: true });
    this.#segments = listSegments(this.#options.dir, this.#fs);
    const { next, acknowledged, lent } = lastNotes(this.#segments, this.#fs);
    this.#next = Math.max(next ?? 0, acknowledged ?? 0, this.#segments.at(-1)?.first ?? 0);
    const from = Math.min(this.#next, Math.max(acknowledged ?? 0, this.#segments[0]?.first ?? 0));
    this.#acknowledged = from;
    const lost = Math.max(0, Math.min(lent, from) - (acknowledged ?? from));
    // Told once: the next process finds it acknowledged.
    if (lost > 0) (this.#tail ?? this.#createTail(this.#next)).acknowledge(from);
    this.#removeSettled();
    return { first: from - lost, from, next: this.#next };
  }

  /** Adds frames that lack only their checksums. Called again with the same after a failure, it adds what is missing. */
  append(frames: Buffer): void {
    for (let start = 0; start < frames.length;) {
      let end = sealFrame(frames, start);
      let next = frameIndex(frames, start) + 1;
      while (
        end < frames.length &&
        frames.readUInt32LE(end + 4) + FRAME_HEAD_BYTES + end - start <= this.#segmentBytes
      ) {
        next = frameIndex(frames, end) + 1;
        end = sealFrame(frames, end);
      }
      // One that is larger than the spool is left out: its index will be missed.
      if (next > this.#next) {
        if (end - start <= this.#options.maxBytes) this.#write(frames.subarray(start, end), frameIndex(frames, start));
        this.#next = next;
      }
      start = end;
    }
  }

  /** Reads on from an index, at most to the end of its segment. */
  read(from: number, limits: { maxRecords: number; maxBytes: number }): SpoolPart {
    const part = this.#read(from, limits);
    this.#lent = Math.max(this.#lent, part.to);
    return part;
  }

  #read(from: number, { maxRecords, maxBytes }: { maxRecords: number; maxBytes: number }): SpoolPart {
    const at = this.#segments.findLastIndex(({ first }) => first <= from);
    const end = this.#segments[at + 1]?.first ?? this.#next;
    const segment = this.#segments[at];
    if (segment === undefined) return { to: end, entries: [] };
    const { bytes, frames, upTo } = this.#memory.of(segment, from);
    const entries: SpooledBody[] = [];
    let [to, taken] = [from, 0];
    for (const frame of frames) {
      if (frame.kind !== ENTRY || !frame.whole || frame.index < to || frame.index >= end) continue;
      const body = bytes.subarray(frame.start + FRAME_HEAD_BYTES, frame.end);
      if (entries.length >= maxRecords || (entries.length > 0 && taken + body.length > maxBytes))
        return { to, entries };
      entries.push({ index: frame.index, body });
      taken += body.length;
      to = frame.index + 1;
    }
    return { to: Math.min(upTo, end), entries };
  }

  /** Gives up what is left of the segment of an index: it cannot be read. */
  skip(from: number): SpoolPart {
    const segment = this.#segments.find(({ first }) => first > from);
    return { to: segment?.first ?? this.#next, entries: [] };
  }

  /** Every entry below has been settled. */
  acknowledge(below: number): void {
    if (below <= this.#acknowledged) return;
    this.#acknowledged = below;
    if (below < this.#next) (this.#tail ?? this.#createTail(this.#next)).acknowledge(below);
    this.#removeSettled();
  }

  close(): void {
    this.#tail?.close();
    this.#tail = undefined;
    this.#memory.forget();
  }

  #write(frames: Uint8Array, first: number): void {
    this.#makeRoom(frames.length);
    if (this.#tail !== undefined && this.#tail.bytes + frames.length > this.#segmentBytes) this.#closeTail();
    const tail = this.#tail ?? this.#createTail(first);
    tail.write(frames);
    const segment = this.#segments.at(-1);
    if (segment !== undefined) segment.bytes = tail.bytes;
  }

  #createTail(first: number): SegmentWriter {
    const { dir, fsync } = this.#options;
    const segment = createSegment(dir, first);
    // A segment of that name holds no entry: else `first` would be greater.
    this.#segments = this.#segments.filter(({ path }) => path !== segment.path);
    this.#memory.forget(segment.path);
    const tail = new SegmentWriter({ path: segment.path, fsync, fs: this.#fs });
    this.#tail = tail;
    this.#segments.push(segment);
    tail.acknowledge(this.#acknowledged);
    if (this.#noted > this.#acknowledged) tail.lend(this.#noted);
    if (fsync) syncFolder(dir, this.#fs);
    segment.bytes = tail.bytes;
    return tail;
  }

  #closeTail(): void {
    this.#tail?.close();
    this.#tail = undefined;
  }

  #makeRoom(bytes: number): void {
    let total = this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
    while (this.#segments.length > 0 && total + bytes > this.#options.maxBytes) {
      const [oldest] = this.#segments as [Segment];
      if (this.#segments.length === 1) this.#closeTail();
      const below = this.#segments[1]?.first ?? this.#next;
      this.#noteLent(Math.min(this.#lent, below));
      this.#fs.rmSync(oldest.path, { force: true });
      this.#segments.shift();
      total -= oldest.bytes;
      this.#options.dropped(below);
    }
  }

  /** Without a tail the next one begins with the note. */
  #noteLent(below: number): void {
    if (below <= Math.max(this.#acknowledged, this.#noted)) return;
    this.#tail?.lend(below);
    this.#noted = below;
  }

  #removeSettled(): void {
    if (this.#acknowledged >= this.#next) this.#closeTail();
    for (;;) {
      const [oldest] = this.#segments;
      const end = this.#segments[1]?.first ?? this.#next;
      if (oldest === undefined || end > this.#acknowledged) return;
      if (this.#segments.length === 1 && this.#tail !== undefined) return;
      this.#fs.rmSync(oldest.path, { force: true });
      this.#segments.shift();
    }
  }
}
