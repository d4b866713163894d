import { ComplianceError } from '../errors';
import { hashFromBase64, hashNode, type Sha256 } from './sha256';

/** Leaves from `begin` up to, not including, `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** A statement that a tree of `size` leaves and this root holds a leaf. Hashes are base64. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly leaf: string;
  readonly root: string;
  readonly proof: readonly string[];
}

/** A statement that the tree of `size` leaves begins with the tree of `oldSize` leaves. Hashes are base64. */
export interface ConsistencyProof {
  readonly oldSize: number;
  readonly oldRoot: string;
  readonly size: number;
  readonly root: string;
  readonly proof: readonly string[];
}

/** The subtrees whose hashes prove a leaf, in the order of the proof (RFC 6962, section 2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    ranges.unshift(index < middle ? { begin: middle, end } : { begin, end: middle });
    [begin, end] = index < middle ? [begin, middle] : [middle, end];
  }
  return ranges;
}

/** The subtrees whose hashes prove that a tree grew out of a smaller one, in order (RFC 6962, section 2.1.2). */
export function consistencyRanges(oldSize: number, size: number): LeafRange[] {
  if (oldSize === 0 || oldSize === size) return [];
  const ranges: LeafRange[] = [];
  let [begin, end] = [0, size];
  while (end !== oldSize) {
    const middle = begin + splitOf(end - begin);
    ranges.unshift(oldSize <= middle ? { begin: middle, end } : { begin, end: middle });
    [begin, end] = oldSize <= middle ? [begin, middle] : [middle, end];
  }
  if (begin > 0) ranges.unshift({ begin, end });
  return ranges;
}

/**
 * Whether the proof holds.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for what is no proof: sizes that are no counts, hashes that are no base64
 */
export function verifyInclusion(given: InclusionProof): boolean {
  const { index, size, leaf, root, proof } = checkObject(given);
  checkCount('size', size);
  checkCount('index', index);
  const hashes = decodeProof(proof);
  const [expected, start] = [decodeHash('root', root), decodeHash('leaf', leaf)];
  if (index >= size) return false;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== hashes.length) return false;
  let hash = start;
  for (const [at, range] of ranges.entries()) {
    const sibling = hashes[at] as Sha256;
    hash = range.begin > index ? hashNode(hash, sibling) : hashNode(sibling, hash);
  }
  return hash === expected;
}

/**
 * Whether the proof holds.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for what is no proof
 */
export function verifyConsistency(given: ConsistencyProof): boolean {
  const { oldSize, oldRoot, size, root, proof } = checkObject(given);
  checkCount('oldSize', oldSize);
  checkCount('size', size);
  const hashes = decodeProof(proof);
  const [before, after] = [decodeHash('oldRoot', oldRoot), decodeHash('root', root)];
  const ranges = oldSize > size ? [] : consistencyRanges(oldSize, size);
  if (oldSize > size || ranges.length !== hashes.length) return false;
  if (oldSize === size) return before === after;
  if (oldSize === 0) return true;
  // The old tree is whole inside of the new one, so its own root begins the proof.
  const whole = ranges[0]?.end !== oldSize;
  let [oldHash, hash] = whole ? [before, before] : [hashes[0] as Sha256, hashes[0] as Sha256];
  for (let at = whole ? 0 : 1; at < ranges.length; at += 1) {
    const sibling = hashes[at] as Sha256;
    if ((ranges[at] as LeafRange).begin >= oldSize) hash = hashNode(hash, sibling);
    else [oldHash, hash] = [hashNode(sibling, oldHash), hashNode(sibling, hash)];
  }
  return oldHash === before && hash === after;
}

/** The largest power of two below a count. */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** A proof comes from outside, as JSON most often. */
function checkObject<T>(proof: T): T {
  if (typeof proof !== 'object' || proof === null) throw new ComplianceError('MXL_SEAL_MALFORMED', 'not a proof');
  return proof;
}

function checkCount(name: string, value: unknown): void {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new ComplianceError('MXL_SEAL_MALFORMED', `${name}: no count`);
}

function decodeProof(proof: unknown): Sha256[] {
  // No tree that can be counted is higher than 53 levels.
  if (!Array.isArray(proof) || proof.length > 64)
    throw new ComplianceError('MXL_SEAL_MALFORMED', 'proof: no list of hashes');
  return proof.map((hash: unknown) => decodeHash('proof', hash));
}

function decodeHash(name: string, text: unknown): Sha256 {
  const hash = hashFromBase64(text);
  if (hash === undefined) throw new ComplianceError('MXL_SEAL_MALFORMED', `${name}: not 32 bytes in base64`);
  return hash;
}
