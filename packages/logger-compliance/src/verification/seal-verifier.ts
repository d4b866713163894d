import { type TreeHead } from '../sealing/checkpoint';
import { MerkleRange } from '../sealing/merkle-range';
import { beginsSealLine, type CheckpointLine, parseSealLine } from '../sealing/seal-line';
import { hashLeaf, type Sha256 } from '../sealing/sha256';
import { Breach, type Finding, type LastGood } from './breach';
import { EvidenceTally } from './evidence-tally';
import { type TrustedKeys } from './trusted-keys';
import { type SealFinding } from './verify-result';

export interface VerifierOptions {
  readonly keys: TrustedKeys;
  /** The log may begin anywhere: its older files are gone. */
  readonly trimmed: boolean;
  readonly origin: string | undefined;
  /** Tree heads known from elsewhere, by size. */
  readonly heads: readonly TreeHead[];
}

interface GoodCheckpoint extends LastGood {
  readonly line: CheckpointLine | undefined;
}

const MAX_LEAVES = 524_288; // kept whole, behind the last good checkpoint

/** Follows the lines of a log through its tree. Pure: lines go in, what is wrong comes out. */
export class SealVerifier {
  readonly #options: VerifierOptions;
  #edge = new MerkleRange();
  #leaves: Sha256[] = [];
  #leavesBegin = 0;
  #breach: Breach | undefined;
  #suspect: Finding | undefined;
  #epoch: number | undefined;
  #heads: TreeHead[];
  #headFinding: Finding | undefined;
  #named: string | undefined;
  /** The log's name: what the first checkpoint says, which may be the one that was changed, until one that is signed rightly says it. */
  origin: string | undefined;
  good: GoodCheckpoint = { size: 0, index: -1, line: undefined };
  /** Found, and nothing that comes later can change it. */
  finding: Finding | undefined;
  lines = 0;
  checkpoints = 0;
  firstIndex = 0;
  unproven = 0;
  headsConfirmed = 0;
  readonly tally = new EvidenceTally();

  constructor(options: VerifierOptions) {
    this.#options = options;
    this.#named = this.origin = options.origin;
    this.#heads = [...options.heads].sort((a, b) => a.size - b.size);
  }

  get end(): number {
    return this.#edge.end; // index of the next line
  }

  /** @param bytes - holds a line from `start` to `end`, with a zero byte in front */
  readonly line = (bytes: Buffer, start: number, end: number): void => {
    if (this.finding !== undefined) return;
    const leaf = hashLeaf(bytes.subarray(start - 1, end));
    if (beginsSealLine(bytes, start, end)) this.#sealLine(bytes.toString('utf8', start, end));
    this.lines += 1;
    if (this.#breach !== undefined) this.#breach.addLine(leaf);
    else if (this.#leaves.length < MAX_LEAVES) this.#leaves.push(leaf);
    if (this.#heads[0]?.size === this.end) this.#checkHeads();
    this.#edge.append(leaf);
  };

  /** What is wrong with the lines that a checkpoint covers, once all have come. */
  conclude(fileStart: (index: number) => number): Finding | undefined {
    return this.finding ?? this.#breach?.explain(fileStart);
  }

  /** What is wrong with the end of the log. @param live - it may end anywhere */
  ending(live: boolean): Finding | undefined {
    const { line, index } = this.good;
    const none = { code: 'checkpoint_missing', index: 0, message: 'there is no checkpoint at all' } as const;
    if (line === undefined) return this.#suspect ?? none;
    const { kind, origin } = line.checkpoint;
    if (kind === 'close' && index < this.end - 1 && !live)
      return { code: 'inserted', index: index + 1, message: 'lines behind the end of the log' };
    if (this.#suspect !== undefined) return this.#suspect;
    // Whoever has an old key only must not be able to go on with it.
    if (this.#epoch !== this.#options.keys.of(origin).length - 1)
      return { code: 'epoch_wrong', index, message: 'the log does not end with the last of the trusted keys' };
    if (live || kind === 'close') return undefined;
    return {
      code: 'truncated',
      index: this.end,
      message: 'the log does not end with the checkpoint of an orderly end',
    };
  }

  /** What is wrong although every line is as it was sealed. */
  remarks(): Finding | undefined {
    this.#checkHeads();
    const [missing] = this.#heads;
    if (missing !== undefined)
      return { code: 'truncated', index: this.end, message: `a tree of ${missing.size} lines was published` };
    return this.#headFinding ?? this.tally.finding;
  }

  #sealLine(text: string): void {
    const parsed = parseSealLine(text);
    if (parsed === undefined) this.#suspectHere('altered', 'looks like a line of the seal, and is none');
    else if ('evidence' in parsed) this.tally.evidence(parsed);
    else this.#checkpoint(parsed);
  }

  #checkpoint(line: CheckpointLine): void {
    const { checkpoint, note } = line;
    const { origin } = checkpoint;
    this.origin ??= origin;
    const other = this.#named !== undefined && this.#named !== origin;
    const epochs = other ? [] : this.#options.keys.epochsOf(note, origin);
    if (epochs.length > 0) this.#named = this.origin = origin;
    if (other) this.#suspectHere('inserted', `a checkpoint of ${origin}`);
    else if (epochs.length > 0) this.#trusted(line, epochs);
    else if (this.#options.keys.claimed(note, origin))
      this.#suspectHere('altered', 'the signature of the checkpoint is wrong');
    else this.#suspectHere('key_unknown', 'signed by none of the trusted keys');
  }

  #trusted(line: CheckpointLine, epochs: readonly number[]): void {
    if (this.#breach !== undefined) {
      this.#breach.addCheckpoint(line, this.end);
      return;
    }
    const begins = this.good.line === undefined && this.#options.trimmed && line.index > this.end;
    // One whose lines are not all here any more says nothing about those that are.
    if (begins && !this.#beginHere(line)) return;
    this.#epoch ??= this.firstIndex > 0 ? Math.min(...epochs) : 0;
    if (!epochs.includes(this.#epoch)) {
      const message = `signed by trusted key ${epochs.join(', ')}, in the time of key ${this.#epoch}`;
      this.finding = { code: 'epoch_wrong', index: this.end, message };
    } else if (!this.#bearsOut(line)) {
      const [at, good, leaves, suspect] = [this.end, this.good, this.#leaves, this.#suspect];
      this.#breach = new Breach({ line, at, good, leaves, suspect });
    } else if (this.#suspect !== undefined) this.finding = this.#suspect;
    else this.#accept(line, Math.max(...epochs));
  }

  /** Whether the lines so far are those that the checkpoint covers, and nothing was left out before it. */
  #bearsOut({ checkpoint, index, edge }: CheckpointLine): boolean {
    if (index !== this.end || checkpoint.from !== this.good.size || checkpoint.previous !== this.good.index)
      return false;
    // Signing took its time: some lines came between what it covers and its own line.
    const later = this.#leaves.slice(checkpoint.size - this.#leavesBegin);
    if (later.length !== index - checkpoint.size) return false;
    const grown = edge.clone();
    for (const leaf of later) grown.append(leaf);
    return grown.root() === this.#edge.root();
  }

  #accept(line: CheckpointLine, epoch: number): void {
    const { checkpoint } = line;
    this.#epoch = epoch;
    this.checkpoints += 1;
    this.#leaves = this.#leaves.slice(checkpoint.size - this.#leavesBegin);
    this.#leavesBegin = checkpoint.size;
    this.good = { size: checkpoint.size, index: this.end, line };
    this.tally.checkpoint(line, this.end);
  }

  /** The log's older files are gone: the first checkpoint says what its tree was, not what the lines before it were. */
  #beginHere({ checkpoint, index, edge }: CheckpointLine): boolean {
    const behind = index - checkpoint.size;
    if (behind > this.#leaves.length) return false;
    this.firstIndex = index - this.end;
    this.unproven = this.end - behind;
    this.#leaves = this.#leaves.slice(this.unproven);
    this.#leavesBegin = checkpoint.size;
    this.#edge = edge.clone();
    for (const leaf of this.#leaves) this.#edge.append(leaf);
    this.good = { size: checkpoint.from, index: checkpoint.previous, line: undefined };
    this.#suspect = undefined;
    this.#heads = this.#heads.filter(({ size }) => size >= this.end);
    return true;
  }

  /** Compares the tree with what was published of it at this very size. */
  #checkHeads(): void {
    while (this.#breach === undefined && this.#heads[0]?.size === this.end) {
      const { size, root } = this.#heads.shift() as TreeHead;
      if (this.#edge.root() === root) this.headsConfirmed += 1;
      else
        this.#headFinding ??= {
          code: 'rewritten',
          index: Math.max(0, size - 1),
          message: `a tree of ${size} lines was published with another root`,
        };
    }
  }

  #suspectHere(code: SealFinding, message: string): void {
    this.#suspect ??= { code, index: this.end, message };
  }
}
