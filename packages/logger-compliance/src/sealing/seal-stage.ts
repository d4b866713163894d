import { type KeyObject } from 'node:crypto';
import { type LineStage, type StagedLines } from '@metaexpert/logger-core';
import { type ComplianceErrorCode } from '../errors';
import { ChainComposer } from './chain-composer';
import { type ClockTier } from './clock-evidence';
import { ClockWatch } from './clock-watch';
import { type Composition } from './composition';
import { keySigner } from './key-signer';
import { type LeafSource } from './leaf-hasher';
import { resumeChain } from './resume-chain';
import { SealKeys } from './seal-keys';
import { parseSealWord } from './seal-word';
import { type SealedHead, Sealer } from './sealer';
import { HASH_BYTES } from './sha256';

/** What a seal is made from in the thread that writes. */
export interface SealStageData {
  readonly origin: string;
  readonly path: string;
  readonly key: KeyObject;
  readonly retiringKey: KeyObject | undefined;
  readonly everyRecords: number;
  readonly onSealFailure: 'continue' | 'fail';
  readonly clockTier: ClockTier | undefined;
  /** Whether somebody wants to hear of the checkpoints. */
  readonly tellsHeads: boolean;
}

/** What it says. */
export type SealNews =
  | { readonly head: SealedHead }
  | { readonly failure: { readonly code: ComplianceErrorCode; readonly message: string } };

const NEWLINE = 10;
const ZERO = Buffer.alloc(1);

/** Seals lines in the thread that writes them: nothing is on its way, so what was not written is gone back from at once. */
export class SealStage implements LineStage {
  readonly #composer: ChainComposer<LeafSource>;
  readonly #sayHeads: (heads: readonly SealedHead[]) => void;
  #out = Buffer.alloc(65_536);
  #composition: Composition<LeafSource> | undefined;
  /** Of what was given last to be written. */
  #bytes = 0;
  #resumed = false;

  constructor(data: SealStageData, say: (news: SealNews) => void) {
    const { origin, path, everyRecords, onSealFailure } = data;
    const retiring = data.retiringKey && keySigner(data.retiringKey);
    const keys = new SealKeys(origin, keySigner(data.key), retiring);
    const watch = new ClockWatch(data.clockTier);
    const now = (): number => Date.now();
    const sealer = new Sealer({ origin, keys, now, clock: () => watch.line(), news: () => undefined });
    this.#composer = new ChainComposer({
      sealer,
      everyRecords,
      onSealFailure,
      report: ({ code, message }) => say({ failure: { code, message } }),
      resume: () => resumeChain({ path, origin, keys }),
    });
    this.#sayHeads = (heads) => {
      if (data.tellsHeads) for (const head of heads) say({ head });
    };
  }

  take(given: Buffer, { word, multiline }: StagedLines): Buffer {
    const composer = this.#composer;
    const { due, resume, leaves } = parseSealWord(word);
    if (resume || !this.#resumed) this.#resume();
    const needless = (due === 'interval' && !composer.hasUnsealed) || (due === 'close' && composer.closed);
    // What hands the log over to another key must not be missing, whatever else is due.
    if (due !== undefined && !needless && composer.due !== 'handover') composer.due = due;
    const lines = leaves ? given.subarray(0, given.lastIndexOf(NEWLINE, -2) + 1) : given;
    const hashes = leaves ? Buffer.from(given.toString('latin1', lines.length, given.length - 1), 'base64') : undefined;
    const composition = composer.compose(multiline ? [wholeOf(lines)] : entriesOf(lines, hashes));
    this.#composition = composition;
    const out = this.#join(composition, lines);
    this.#bytes = out.length;
    return out;
  }

  settle(bytes: number): number {
    const composition = this.#composition as Composition<LeafSource>;
    if (bytes === this.#bytes) {
      this.#sayHeads(this.#composer.written(composition, undefined));
      return composition.out.length - composition.seals.size;
    }
    const written: number[] = [];
    let end = 0;
    for (const [at, entry] of composition.out.entries()) {
      end += entry.bytes + 1;
      if (end > bytes) break;
      written.push(at);
    }
    this.#sayHeads(this.#composer.undo(composition, written));
    return written.filter((at) => !composition.seals.has(at)).length;
  }

  #resume(): void {
    this.#composer.resume(false);
    this.#resumed = true;
  }

  /** The lines with those of the seal between them. */
  #join({ out, seals }: Composition<LeafSource>, lines: Buffer): Buffer {
    if (seals.size === 0) return lines;
    let size = lines.length;
    for (const { bytes } of seals.values()) size += bytes + 1;
    if (size > this.#out.length) this.#out = Buffer.alloc(2 * size);
    const target = this.#out;
    let at = 0;
    let from = 0;
    let to = 0;
    for (const [place, entry] of out.entries()) {
      if (!seals.has(place)) {
        to += entry.bytes + 1;
        continue;
      }
      at += lines.copy(target, at, from, to);
      from = to;
      at += target.write(entry.payload, at);
      target[at++] = NEWLINE;
    }
    at += lines.copy(target, at, from, to);
    return target.subarray(0, at);
  }
}

/** @param hashes - of all lines, where somebody has hashed them */
function entriesOf(lines: Buffer, hashes: Buffer | undefined): LeafSource[] {
  // Leaves are hashed with the byte in front of them, which is the lane's or the line's before.
  const slab =
    lines.byteOffset > 0
      ? Buffer.from(lines.buffer, lines.byteOffset - 1, lines.length + 1)
      : Buffer.concat([ZERO, lines]);
  const entries: LeafSource[] = [];
  for (let start = 1; start < slab.length;) {
    const end = slab.indexOf(NEWLINE, start);
    const line = { slab, start, end };
    const at = HASH_BYTES * entries.length;
    const leaf = hashes?.toString('latin1', at, at + HASH_BYTES);
    entries.push({ payload: '', bytes: end - start, line, leaf });
    start = end + 1;
  }
  return entries;
}

/** Lines that belong together, as one. */
function wholeOf(lines: Buffer): LeafSource {
  return { payload: lines.toString('utf8', 0, lines.length - 1), bytes: lines.length - 1 };
}
