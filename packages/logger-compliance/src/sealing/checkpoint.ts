import { ComplianceError } from '../errors';
import { hashFromBase64, hashToBase64, type Sha256 } from './sha256';

/** Why a checkpoint was made. */
export type CheckpointKind = 'start' | 'interval' | 'rotation' | 'handover' | 'close';

const KINDS: readonly string[] = ['start', 'interval', 'rotation', 'handover', 'close'] satisfies CheckpointKind[];

/** A tree head, as C2SP tlog-checkpoint has it. */
export interface TreeHead {
  readonly origin: string;
  /** Leaves, that is lines, of the tree. */
  readonly size: number;
  readonly root: Sha256;
}

/** The tree head of a sealed log, and what else its checkpoint says. */
export interface Checkpoint extends TreeHead {
  readonly kind: CheckpointKind;
  /** When it was made, RFC 3339 in UTC. */
  readonly time: string;
  /** Size of the tree at the checkpoint before; the leaves from there on are {@link marks}. */
  readonly from: number;
  /** Index of the line that holds the checkpoint before; -1 when there is none. */
  readonly previous: number;
  /** SHA-256 of the marks, by which a bad line is found. */
  readonly marks: Sha256;
  /** Clock evidence, as {@link formatClock} writes it. */
  readonly clock: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const CLOCK = /^[a-z]+ [a-z]+ [\x21-\x7e]+ \S+ \S+$/;

/** The text of the note. What is ours stands in extension lines, which other tools pass over. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, kind, time, from, previous, marks, clock } = checkpoint;
  return [
    origin,
    size,
    hashToBase64(root),
    `kind ${kind}`,
    `time ${time}`,
    `from ${from}`,
    `previous ${previous}`,
    `marks ${hashToBase64(marks)}`,
    `clock ${clock}`,
    '',
  ].join('\n');
}

/**
 * Reads any C2SP checkpoint's tree head.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED`
 */
export function parseTreeHead(text: string): TreeHead {
  const [origin = '', size = '', root, ...extensions] = text.split('\n');
  const head = { origin, size: parseCount(size), root: hashFromBase64(root) };
  // The text ends with a line break, so its last part is empty, and no other is.
  if (extensions.pop() !== '' || extensions.includes('') || origin === '') throw malformed('not origin, size and root');
  if (head.size === undefined) throw malformed(`${JSON.stringify(size.slice(0, 40))} is no size`);
  if (head.root === undefined) throw malformed('the root is not 32 bytes in base64');
  return { origin, size: head.size, root: head.root };
}

/** Reads one of ours; undefined where it is not. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const value = (at: number, key: string): string =>
    lines[at]?.startsWith(`${key} `) === true ? lines[at].slice(key.length + 1) : '';
  const [from, previous] = [parseCount(value(5, 'from')), value(6, 'previous')];
  const marks = hashFromBase64(value(7, 'marks'));
  const [kind, time, clock] = [value(3, 'kind'), value(4, 'time'), value(8, 'clock')];
  const before = previous === '-1' ? -1 : parseCount(previous);
  if (!KINDS.includes(kind) || !TIME.test(time) || !CLOCK.test(clock)) return undefined;
  if (from === undefined || before === undefined || marks === undefined || lines.length !== 10) return undefined;
  const head = parseTreeHead(text);
  if (from > head.size) return undefined;
  return { ...head, kind: kind as CheckpointKind, time, from, previous: before, marks, clock };
}

function parseCount(text: string): number | undefined {
  const count = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}

function malformed(what: string): ComplianceError {
  return new ComplianceError('MXL_SEAL_MALFORMED', `checkpoint: ${what}`);
}
