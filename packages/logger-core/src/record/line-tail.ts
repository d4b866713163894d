import { NINE, ZERO } from './ascii';
import { encodeHostFields, type HostFacts, hostFacts } from './host-fields';
import { type Fields } from './log-record';

/**
 * The end of a line, ready to be copied: `,"pid":…,"thread":…,"host":"…","seq":…,"id":"…-…"}`. Its two numbers are
 * counted up where they stand.
 */
export class LineTail {
  readonly host: string;
  /** The same as values; undefined when one of them is left out. */
  readonly facts: HostFacts | undefined;
  readonly #instance: string;
  #sequence = -1;
  #bytes = Buffer.alloc(0);
  /** Where the numbers' last digits stand. */
  #seqEnd = 0;
  #idEnd = 0;

  constructor(fields: Fields | undefined, instance: string) {
    this.host = encodeHostFields(fields);
    this.facts = hostFacts(this.host);
    this.#instance = instance;
  }

  /** The bytes for a record with this number; good until the next call. */
  at(sequence: number): Buffer {
    const grows = sequence !== this.#sequence + 1 || !increment(this.#bytes, this.#seqEnd);
    if (grows) this.#build(sequence);
    else increment(this.#bytes, this.#idEnd);
    this.#sequence = sequence;
    return this.#bytes;
  }

  #build(sequence: number): void {
    const head = `${this.host},"seq":${sequence}`;
    const text = `${head},"id":"${this.#instance}-${sequence}"}`;
    this.#bytes = Buffer.from(text);
    this.#seqEnd = Buffer.byteLength(head) - 1;
    this.#idEnd = this.#bytes.length - '"}'.length - 1;
  }
}

/** Adds one to the digits that end here; false when there would be one digit more, then nothing is done. */
function increment(bytes: Buffer, end: number): boolean {
  let at = end;
  while (bytes[at] === NINE) at -= 1;
  const digit = bytes[at] as number;
  if (digit < ZERO || digit > NINE) return false;
  bytes[at] = digit + 1;
  while (at < end) bytes[++at] = ZERO;
  return true;
}
