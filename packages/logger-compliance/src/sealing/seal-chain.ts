import { type Checkpoint } from './checkpoint';
import { MerkleRange } from './merkle-range';
import { MARK_BYTES, MAX_MARKS } from './seal-line';
import { type Sha256 } from './sha256';

/** What a sealed log is at one moment. */
export interface ChainState {
  readonly edge: MerkleRange;
  /** Size of the tree at the last checkpoint. */
  readonly from: number;
  /** Index of the line of the last checkpoint, -1 without one. */
  readonly previous: number;
}

const CAPACITY = 2 * MAX_MARKS;

/** The tree over the lines that have gone to the destination, and the marks of those since the last checkpoint. */
export class SealChain {
  #edge: MerkleRange;
  #from: number;
  #previous: number;
  #marks = Buffer.allocUnsafe(MARK_BYTES * 4096);
  /** The leaf whose mark is the first of the marks. */
  #marksBegin: number;

  constructor(state: ChainState = { edge: new MerkleRange(), from: 0, previous: -1 }) {
    this.#edge = state.edge.clone();
    this.#from = state.from;
    this.#previous = state.previous;
    this.#marksBegin = state.from;
  }

  get edge(): MerkleRange {
    return this.#edge;
  }

  /** How many lines there are. */
  get end(): number {
    return this.#edge.end;
  }

  get from(): number {
    return this.#from;
  }

  get previous(): number {
    return this.#previous;
  }

  append(leaf: Sha256): void {
    const at = this.#edge.end - this.#marksBegin;
    if (at < CAPACITY) {
      if ((at + 1) * MARK_BYTES > this.#marks.length) this.#grow();
      // Four bytes: a call into V8 takes ten times as long.
      for (let i = 0; i < MARK_BYTES; i++) this.#marks[at * MARK_BYTES + i] = leaf.charCodeAt(i);
    }
    this.#edge.append(leaf);
  }

  /** The line just appended holds a checkpoint of the tree at a size. */
  checkpointed({ size }: Pick<Checkpoint, 'size'>): void {
    this.#from = size;
    this.#previous = this.end - 1;
  }

  /** Marks of the leaves since the last checkpoint. */
  marks(): Buffer {
    const begin = (this.#from - this.#marksBegin) * MARK_BYTES;
    const length = MARK_BYTES * Math.min(MAX_MARKS, this.end - this.#from);
    const marks = Buffer.alloc(length);
    this.#marks.copy(marks, 0, begin, begin + length);
    return marks;
  }

  state(): ChainState {
    return { edge: this.#edge.clone(), from: this.#from, previous: this.#previous };
  }

  /** Goes back to what it was: what came after has not been written. */
  restore({ edge, from, previous }: ChainState): void {
    this.#edge = edge.clone();
    this.#from = from;
    this.#previous = previous;
  }

  /** Forgets marks that no state needs any more. @param from - of the oldest state that may be restored */
  trim(from: number): void {
    if (from === this.#marksBegin) return;
    this.#marks.copyWithin(0, (from - this.#marksBegin) * MARK_BYTES, (this.end - this.#marksBegin) * MARK_BYTES);
    this.#marksBegin = from;
  }

  #grow(): void {
    const marks = Buffer.allocUnsafe(Math.min(2 * this.#marks.length, CAPACITY * MARK_BYTES));
    this.#marks.copy(marks);
    this.#marks = marks;
  }
}
