/** Sequence numbers of one logger instance: a run of a process. */
export interface SequenceReport {
  /** The beginning of its records' ids. */
  readonly instance: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly records: number;
  /** ISO 8601, of its first and last record. */
  readonly firstTime: string;
  readonly lastTime: string;
  /** Numbers between the first and the last that no record has. */
  readonly missing: number;
  /** The first of the gaps, both ends included. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
}

const BLOCK = 65_536;
/** A gigabit in 128 MiB: what a hostile log can make this keep. */
const MAX_BLOCKS = 16_384;
const MAX_GAPS = 100;

interface Instance {
  readonly blocks: Map<number, Uint8Array>;
  firstSeq: number;
  lastSeq: number;
  records: number;
  firstTime: string;
  lastTime: string;
}

/** Which sequence numbers there are, one bit each, so that several logs that hold the same records count once. */
export class SequenceTally {
  readonly #instances = new Map<string, Instance>();
  #blocks = 0;

  /** @returns whether the record is new; one that has no place in any sequence always is */
  add(id: unknown, seq: unknown, timestamp: string): boolean {
    if (typeof id !== 'string' || !Number.isSafeInteger(seq) || (seq as number) < 1) return true;
    const number = seq as number;
    const name = id.slice(0, Math.max(0, id.lastIndexOf('-')));
    const instance = this.#instances.get(name) ?? begin(number, timestamp);
    const block = this.#block(instance, Math.floor(number / BLOCK));
    if (block === undefined) return true;
    this.#instances.set(name, instance);
    const [at, bit] = [(number % BLOCK) >> 3, 1 << (number & 7)];
    if (((block[at] as number) & bit) !== 0) return false;
    block[at] = (block[at] as number) | bit;
    instance.records += 1;
    instance.firstSeq = Math.min(instance.firstSeq, number);
    instance.lastSeq = Math.max(instance.lastSeq, number);
    if (timestamp < instance.firstTime) instance.firstTime = timestamp;
    if (timestamp > instance.lastTime) instance.lastTime = timestamp;
    return true;
  }

  /** By the time of their beginning, which their names sort by. */
  report(): SequenceReport[] {
    return [...this.#instances]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([instance, { blocks, firstSeq, lastSeq, records, firstTime, lastTime }]) => ({
        instance,
        firstSeq,
        lastSeq,
        records,
        firstTime,
        lastTime,
        missing: lastSeq - firstSeq + 1 - records,
        gaps: gapsOf(blocks, firstSeq, lastSeq),
      }));
  }

  #block({ blocks }: Instance, at: number): Uint8Array | undefined {
    const known = blocks.get(at);
    if (known !== undefined || this.#blocks >= MAX_BLOCKS) return known;
    this.#blocks += 1;
    const block = new Uint8Array(BLOCK / 8);
    blocks.set(at, block);
    return block;
  }
}

function begin(seq: number, timestamp: string): Instance {
  return { blocks: new Map(), firstSeq: seq, lastSeq: seq, records: 0, firstTime: timestamp, lastTime: timestamp };
}

function gapsOf(blocks: Instance['blocks'], firstSeq: number, lastSeq: number): SequenceReport['gaps'] {
  const gaps: { from: number; to: number }[] = [];
  let next = firstSeq;
  // From block to block: what lies between them may be more than can be counted through.
  for (const at of [...blocks.keys()].sort((a, b) => a - b)) {
    const block = blocks.get(at) as Uint8Array;
    const end = Math.min(lastSeq, at * BLOCK + BLOCK - 1);
    for (let seq = Math.max(firstSeq, at * BLOCK); seq <= end; seq += 1) {
      if (((block[(seq % BLOCK) >> 3] as number) & (1 << (seq & 7))) === 0) continue;
      if (seq > next) gaps.push({ from: next, to: seq - 1 });
      if (gaps.length === MAX_GAPS) return gaps;
      next = seq + 1;
    }
  }
  return gaps;
}
