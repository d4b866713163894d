import { hashNode, type Sha256, sha256 } from './sha256';

/** The hash of a tree without leaves (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Sha256 = sha256(new Uint8Array());

/**
 * The leaves from `begin` to `end` of an RFC 6962 tree, as the fewest whole subtrees that cover them: all that has to be
 * remembered to go on. From leaf 0 it is the edge of the tree, which gives its root.
 */
export class MerkleRange {
  readonly begin: number;
  #end: number;
  readonly #hashes: Sha256[];
  /** How many leaves each of the subtrees has. */
  readonly #sizes: number[];

  constructor(begin = 0, end = begin, hashes: readonly Sha256[] = [], sizes: readonly number[] = []) {
    this.begin = begin;
    this.#end = end;
    this.#hashes = [...hashes];
    this.#sizes = [...sizes];
  }

  /** The edge of a tree of `size` leaves; undefined when that size has another number of subtrees. */
  static ofEdge(size: number, hashes: readonly Sha256[]): MerkleRange | undefined {
    const sizes = subtreeSizes(size);
    return sizes.length === hashes.length ? new MerkleRange(0, size, hashes, sizes) : undefined;
  }

  get end(): number {
    return this.#end;
  }

  get hashes(): readonly Sha256[] {
    return this.#hashes;
  }

  append(leaf: Sha256): void {
    const [hashes, sizes] = [this.#hashes, this.#sizes];
    let hash = leaf;
    let size = 1;
    // Two neighbours of one size are joined where the tree has a node above them.
    for (let last = sizes.length - 1; last >= 0 && sizes[last] === size; last -= 1) {
      if ((this.#end + 1 - 2 * size) % (2 * size) !== 0) break;
      hash = hashNode(hashes.pop() as Sha256, hash);
      sizes.pop();
      size *= 2;
    }
    hashes.push(hash);
    sizes.push(size);
    this.#end += 1;
  }

  clone(): MerkleRange {
    return new MerkleRange(this.begin, this.#end, this.#hashes, this.#sizes);
  }

  /** The hash over all its leaves: the tree's root, or that of a subtree. */
  root(): Sha256 {
    return foldRight(this.#hashes);
  }

  /** The hash over some of its leaves, if its subtrees can tell. */
  hashOf(begin: number, end: number): Sha256 | undefined {
    const hashes: Sha256[] = [];
    let at = this.begin;
    for (const [index, size] of this.#sizes.entries()) {
      if (at >= begin && at + size <= end) hashes.push(this.#hashes[index] as Sha256);
      else if (at < end && at + size > begin) return undefined;
      at += size;
    }
    return hashes.length > 0 && begin >= this.begin && end <= this.#end ? foldRight(hashes) : undefined;
  }
}

function foldRight(hashes: readonly Sha256[]): Sha256 {
  let root: Sha256 | undefined;
  for (const hash of [...hashes].reverse()) root = root === undefined ? hash : hashNode(hash, root);
  return root ?? EMPTY_ROOT;
}

/** The powers of two that a size is made of, largest first. */
function subtreeSizes(size: number): number[] {
  const sizes: number[] = [];
  for (let power = 2 ** 52, left = size; power >= 1; power /= 2) {
    if (left < power) continue;
    sizes.push(power);
    left -= power;
  }
  return sizes;
}
