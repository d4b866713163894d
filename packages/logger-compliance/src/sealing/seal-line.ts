import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint';
import { MerkleRange } from './merkle-range';
import { decodeBase64, hashFromBase64, hashToBase64, type Sha256, sha256 } from './sha256';
import { parseNote, type SignedNote } from './signed-note';

/** How the lines of the seal begin, and no other line of a sealed log does. */
export const SEAL_PREFIX = '{"seal":"';

const PREFIX = Buffer.from(SEAL_PREFIX);
const [, , THIRD] = PREFIX;

/** Whether the line between two places of a buffer begins as the seal's lines do. */
export function beginsSealLine(bytes: Buffer, start: number, end: number): boolean {
  // One byte tells most lines, which a call into the compare would cost more than.
  if (bytes[start + 2] !== THIRD || end - start < PREFIX.length) return false;
  return bytes.compare(PREFIX, 0, PREFIX.length, start, start + PREFIX.length) === 0;
}

/** Bytes of a leaf's hash that are kept beside a checkpoint, so that a bad line can be pointed at. */
export const MARK_BYTES = 4;

/** A checkpoint as it stands in the log. */
export interface CheckpointLine {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
  /** Text of the note, signatures included. */
  readonly noteText: string;
  /** Index of this very line: the checkpoint's size, or more when signing took its time. */
  readonly index: number;
  /** The edge of the tree at the checkpoint, from which it can be gone on with. */
  readonly edge: MerkleRange;
  /** The beginnings of the hashes of the leaves since the checkpoint before, of the first {@link MAX_MARKS} at most. */
  readonly marks: Buffer;
}

/** What comes later about a checkpoint: the token of a time-stamp authority. */
export interface EvidenceLine {
  readonly type: 'timestamp';
  /** Size of the tree at the checkpoint that it is about. */
  readonly size: number;
  readonly time: string;
  /** The authority's answer (TimeStampResp) in base64. */
  readonly evidence: string;
}

export const MAX_MARKS = 262_144;

type CheckpointParts = Pick<CheckpointLine, 'checkpoint' | 'noteText' | 'index' | 'marks'> & {
  edge: readonly Sha256[];
};

/** A record like any other to whoever reads the log: it has a time, a level and a message. */
export function formatCheckpointLine({ checkpoint, noteText, index, edge, marks }: CheckpointParts): string {
  return JSON.stringify({
    seal: 'checkpoint',
    ...recordKeys(checkpoint.time, `checkpoint ${checkpoint.size}: ${checkpoint.kind}`),
    index,
    note: noteText,
    edge: edge.map(hashToBase64),
    marks: marks.toString('base64'),
  });
}

export function formatEvidenceLine({ type, size, time, evidence }: EvidenceLine): string {
  return JSON.stringify({ seal: type, ...recordKeys(time, `${type} of checkpoint ${size}`), size, evidence });
}

function recordKeys(timestamp: string, message: string): object {
  return { timestamp, level: 'info', logger: 'seal', message, category: 'audit' };
}

/** Reads a line of the seal; undefined unless it is, to the byte, as it was written. The signatures are not looked at. */
export function parseSealLine(line: string): CheckpointLine | EvidenceLine | undefined {
  try {
    const parts = JSON.parse(line) as Record<string, unknown>;
    const read = parts.seal === 'checkpoint' ? readCheckpoint(parts) : readEvidence(parts);
    const written = read === undefined ? undefined : 'note' in read ? rewrite(read) : formatEvidenceLine(read);
    return written === line ? read : undefined;
  } catch {
    // No JSON, no note, no tree head: whatever it is, it is not ours.
    return undefined;
  }
}

function readCheckpoint({
  note: noteText,
  index,
  edge: hashes,
  marks: text,
}: Record<string, unknown>): CheckpointLine | undefined {
  if (typeof noteText !== 'string' || !Number.isSafeInteger(index) || !Array.isArray(hashes)) return undefined;
  const note = parseNote(noteText);
  const checkpoint = parseCheckpoint(note.text);
  const marks = decodeBase64(text);
  const edge = MerkleRange.ofEdge(
    checkpoint?.size ?? 0,
    hashes.map((hash) => hashFromBase64(hash) ?? ''),
  );
  if (checkpoint === undefined || marks === undefined || edge === undefined) return undefined;
  if (edge.root() !== checkpoint.root || sha256(marks) !== checkpoint.marks) return undefined;
  if (marks.length !== MARK_BYTES * Math.min(MAX_MARKS, checkpoint.size - checkpoint.from)) return undefined;
  return (index as number) >= checkpoint.size
    ? { checkpoint, note, noteText, index: index as number, edge, marks }
    : undefined;
}

function readEvidence({
  seal: type,
  timestamp: time,
  size,
  evidence,
}: Record<string, unknown>): EvidenceLine | undefined {
  if (type !== 'timestamp' || !Number.isSafeInteger(size)) return undefined;
  if (typeof time !== 'string' || typeof evidence !== 'string') return undefined;
  return { type, size: size as number, time, evidence };
}

function rewrite(read: CheckpointLine): string {
  // The text of the checkpoint has one form as well.
  return formatCheckpoint(read.checkpoint) === read.note.text
    ? formatCheckpointLine({ ...read, edge: read.edge.hashes })
    : '';
}
