import { type CheckpointLine, MARK_BYTES } from '../sealing/seal-line';
import { type Sha256 } from '../sealing/sha256';
import { type SealFinding } from './verify-result';

/** What was found, and at which line of the log. */
export interface Finding {
  readonly code: SealFinding;
  readonly index: number;
  readonly message: string;
}

/** Where the log was still right: the last checkpoint that it bore out. */
export interface LastGood {
  /** Size of the tree there. */
  readonly size: number;
  /** Index of its line; -1 before the first. */
  readonly index: number;
}

/** Marks that are kept to tell what happened. */
const MAX_MARKS = 4_000_000;

/**
 * A place where the lines do not give what a checkpoint says. Collects what the lines are and, from this checkpoint and
 * those behind it, what they were, until it can tell what was done to them.
 */
export class Breach {
  readonly #first: CheckpointLine;
  /** Index at which the first checkpoint's line stands in fact. */
  readonly #firstAt: number;
  readonly #good: LastGood;
  readonly #suspect: Finding | undefined;
  /** Marks of the lines from the last good checkpoint's size on. */
  readonly #found: number[];
  /** What they should be, from the first checkpoint's `from` on. */
  readonly #expected: number[];
  #last: CheckpointLine;
  #lastAt: number;
  #wentBack = false;
  /** The first checkpoint came once more: a copy of it was put where it came first. */
  #again = false;
  /** The checkpoint that should have come first. */
  #successor: CheckpointLine | undefined;

  constructor(parts: {
    line: CheckpointLine;
    at: number;
    good: LastGood;
    leaves: readonly Sha256[];
    suspect: Finding | undefined;
  }) {
    this.#first = this.#last = parts.line;
    this.#firstAt = this.#lastAt = parts.at;
    this.#good = parts.good;
    this.#suspect = parts.suspect;
    this.#found = parts.leaves.map(markOf);
    this.#expected = readMarks(parts.line.marks);
  }

  addLine(leaf: Sha256): void {
    if (this.#found.length < MAX_MARKS) this.#found.push(markOf(leaf));
  }

  /** A further checkpoint with a signature to be trusted; its own line has not been added yet. */
  addCheckpoint(line: CheckpointLine, at: number): void {
    if (line.checkpoint.size < this.#last.checkpoint.size) this.#wentBack = true;
    if (line.noteText === this.#first.noteText) this.#again = true;
    if (line.checkpoint.previous === this.#good.index && line.checkpoint.from === this.#good.size)
      this.#successor ??= line;
    const follows =
      line.checkpoint.from === this.#last.checkpoint.size && line.checkpoint.previous === this.#last.index;
    if (!follows || this.#expected.length > MAX_MARKS) return;
    for (const mark of readMarks(line.marks)) this.#expected.push(mark);
    [this.#last, this.#lastAt] = [line, at];
  }

  /** @param fileStart - index of the first line of the file in which a line stands */
  explain(fileStart: (index: number) => number): Finding {
    const { checkpoint, index } = this.#first;
    if (this.#wentBack || checkpoint.size < this.#good.size || index <= this.#good.index) {
      const where = this.#firstAstray() ?? Math.max(this.#good.index + 1, fileStart(this.#firstAt));
      return this.#wentBack && !this.#again
        ? { code: 'reordered', index: where, message: 'older lines stand behind younger ones' }
        : { code: 'inserted', index: where, message: 'lines that are in the log already stand in it again' };
    }
    if (checkpoint.previous !== this.#good.index || checkpoint.from !== this.#good.size) return this.#explainGap();
    return this.#compare(this.#good.size, 0);
  }

  /** The first line that is not the one that the checkpoint which should have come next says. */
  #firstAstray(): number | undefined {
    if (this.#successor === undefined) return undefined;
    const marks = readMarks(this.#successor.marks);
    const astray = marks.findIndex((mark, at) => mark !== this.#found[at]);
    return this.#good.size + (astray < 0 ? marks.length : astray);
  }

  /** The checkpoint before this one is not there, or not as it was. */
  #explainGap(): Finding {
    const { checkpoint, index } = this.#first;
    const missing = index - this.#firstAt;
    const before = this.#found.slice(0, this.#firstAt - this.#good.size);
    if (missing === 0) {
      const marked = this.#compare(checkpoint.from, checkpoint.from - this.#good.size);
      const suspect = this.#suspect;
      if (suspect === undefined || (marked.code !== 'altered' && marked.index < suspect.index)) return marked;
      return marked.index === suspect.index ? { ...suspect, code: 'altered' } : suspect;
    }
    if (missing === 1)
      return {
        code: 'checkpoint_missing',
        index: checkpoint.previous,
        message: 'the checkpoint that was here is gone',
      };
    if (missing < 0) return this.#suspect ?? this.#compare(checkpoint.from, checkpoint.from - this.#good.size);
    // The lines that came last before the checkpoint are right: what is missing lies ahead of them.
    const marks = readMarks(this.#first.marks);
    const intact = Math.min(marks.length, before.length);
    const whole = marks.slice(-intact).every((mark, at) => mark === before[before.length - intact + at]);
    const at = this.#good.size + (whole ? before.length - intact : 0);
    return {
      code: 'removed',
      index: at,
      message: `${missing} lines, a checkpoint among them, are missing ahead of here`,
    };
  }

  /** Compares line by line from an index on. */
  #compare(from: number, skip: number): Finding {
    const found = this.#found.slice(skip);
    const expected = [...this.#expected];
    const difference = expected.findIndex((mark, at) => mark !== found[at]);
    const at = difference < 0 ? Math.min(expected.length, found.length) : difference;
    const index = from + at;
    const shift = this.#lastAt - this.#last.index;
    if (shift > 0) return { code: 'inserted', index, message: `${shift} more lines than were sealed` };
    if (shift < 0) {
      const moved = difference >= 0 && found.indexOf(expected[difference] as number, this.#lastAt - from + 1) >= 0;
      if (moved) return { code: 'reordered', index, message: 'a line stands behind its place' };
      return { code: 'removed', index, message: `${-shift} lines are missing from here on` };
    }
    const [is, was] = [found.slice(0, expected.length).sort(byNumber), expected.sort(byNumber)];
    const same = is.length === was.length && is.every((mark, place) => mark === was[place]);
    return same && difference >= 0
      ? { code: 'reordered', index, message: 'the lines are those that were sealed, in another order' }
      : { code: 'altered', index, message: 'not the line that was sealed' };
  }
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function markOf(leaf: Sha256): number {
  return (
    ((leaf.charCodeAt(0) << 24) | (leaf.charCodeAt(1) << 16) | (leaf.charCodeAt(2) << 8) | leaf.charCodeAt(3)) >>> 0
  );
}

function readMarks(marks: Buffer): number[] {
  return Array.from({ length: marks.length / MARK_BYTES }, (_, at) => marks.readUInt32BE(at * MARK_BYTES));
}
