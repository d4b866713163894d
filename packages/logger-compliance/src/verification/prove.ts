import { ComplianceError } from '../errors';
import { parseTreeHead } from '../sealing/checkpoint';
import { findLogFiles } from '../sealing/log-files';
import { MerkleRange } from '../sealing/merkle-range';
import {
  type ConsistencyProof,
  consistencyRanges,
  type InclusionProof,
  inclusionRanges,
  type LeafRange,
} from '../sealing/proofs';
import { hashLeaf, hashToBase64, type Sha256 } from '../sealing/sha256';
import { parseNote } from '../sealing/signed-note';
import { readLines } from './read-lines';

/** A line of a sealed log with the proof that the log holds it. */
export interface LineProof extends InclusionProof {
  /** The line, without its line break. */
  readonly line: string;
}

/**
 * Proves that the tree of a checkpoint holds one line of the log, so that this line can be shown without the others.
 *
 * @param paths - as for {@link verifyLog}; the files have to begin with the first line of the log
 * @param options.index - which line, from 0
 * @param options.checkpoint - the note of the checkpoint: `head` of the result of {@link verifyLog}, for one
 * @throws ComplianceError `MXL_SEAL_NOT_IN_LOG` when the files do not give that tree, `MXL_SEAL_MALFORMED` for a bad note
 */
export async function proveLine(
  paths: string | readonly string[],
  { index, checkpoint }: { index: number; checkpoint: string },
): Promise<LineProof> {
  const { size, root } = parseTreeHead(parseNote(checkpoint).text);
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw notInLog(`line ${index} of ${size}`);
  const ranges = [...inclusionRanges(index, size), { begin: index, end: index + 1 }];
  let line = '';
  const hashes = await hashRanges(paths, [...ranges, { begin: 0, end: size }], (at, bytes) => {
    if (at === index) line = bytes().toString('utf8');
  });
  const [leaf, found] = [hashes.at(-2) as Sha256, hashes.at(-1) as Sha256];
  if (found !== root) throw notInLog('the files give another tree than the checkpoint');
  const proof = hashes.slice(0, -2).map(hashToBase64);
  return { index, size, line, leaf: hashToBase64(leaf), root: hashToBase64(root), proof };
}

/**
 * Proves that the tree of one checkpoint is the beginning of that of a later one: nothing before it was changed.
 *
 * @throws ComplianceError `MXL_SEAL_NOT_IN_LOG`, `MXL_SEAL_MALFORMED`
 */
export async function proveConsistency(
  paths: string | readonly string[],
  { from, to }: { from: string; to: string },
): Promise<ConsistencyProof> {
  const [older, newer] = [from, to].map((note) => parseTreeHead(parseNote(note).text)) as [
    ReturnType<typeof parseTreeHead>,
    ReturnType<typeof parseTreeHead>,
  ];
  if (older.size > newer.size) throw notInLog(`a tree of ${older.size} lines is none of ${newer.size}`);
  const ranges = consistencyRanges(older.size, newer.size);
  const whole = [older, newer].map(({ size }) => ({ begin: 0, end: size }));
  const hashes = await hashRanges(paths, [...ranges, ...whole], () => undefined);
  if (hashes.at(-2) !== older.root || hashes.at(-1) !== newer.root)
    throw notInLog('the files give other trees than the checkpoints');
  const proof = hashes.slice(0, -2).map(hashToBase64);
  return {
    oldSize: older.size,
    oldRoot: hashToBase64(older.root),
    size: newer.size,
    root: hashToBase64(newer.root),
    proof,
  };
}

/** The hashes of subtrees, in one pass over the lines. */
async function hashRanges(
  paths: string | readonly string[],
  ranges: readonly LeafRange[],
  visit: (index: number, bytes: () => Buffer) => void,
): Promise<Sha256[]> {
  const growing = ranges.map(({ begin, end }) => ({ end, range: new MerkleRange(begin) }));
  const size = Math.max(...ranges.map(({ end }) => end));
  let index = 0;
  const add = (bytes: Buffer, start: number, end: number): void => {
    if (index >= size) return;
    const leaf = hashLeaf(bytes.subarray(start - 1, end));
    for (const one of growing) if (index >= one.range.begin && index < one.end) one.range.append(leaf);
    visit(index, () => bytes.subarray(start, end));
    index += 1;
  };
  for (const file of typeof paths === 'string' ? findLogFiles(paths) : paths) {
    const { rest } = await readLines(file, add);
    if (rest !== undefined) add(Buffer.concat([Buffer.alloc(1), rest]), 1, rest.length + 1);
  }
  if (index < size) throw notInLog(`the files hold ${index} of ${size} lines`);
  return growing.map(({ range }) => range.root());
}

function notInLog(what: string): ComplianceError {
  return new ComplianceError('MXL_SEAL_NOT_IN_LOG', `no proof: ${what}`);
}
