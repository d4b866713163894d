/** A finished line: bytes in memory that it shares with its neighbours, outside of the JavaScript heap. */
export class LineText {
  readonly slab: Buffer;
  readonly start: number;
  /** UTF-8 bytes, without a line break. */
  readonly bytes: number;
  /** Whether a character takes more than one byte. */
  readonly wide: boolean;
  #view: DataView | undefined;

  /** @param view - of the whole slab, if there is one already */
  constructor(slab: Buffer, start: number, bytes: number, wide: boolean, view?: DataView) {
    this.slab = slab;
    this.start = start;
    this.bytes = bytes;
    this.wide = wide;
    this.#view = view;
  }

  /** Of the whole slab, to read words from. */
  get view(): DataView {
    return (this.#view ??= new DataView(this.slab.buffer, this.slab.byteOffset, this.slab.length));
  }

  get end(): number {
    return this.start + this.bytes;
  }

  static of(text: string): LineText {
    const slab = Buffer.from(text);
    return new LineText(slab, 0, slab.length, true);
  }

  toString(): string {
    return this.slice(0, this.bytes);
  }

  /** The text of some of its bytes. */
  slice(from: number, to: number): string {
    return this.slab.toString(this.wide ? 'utf8' : 'latin1', this.start + from, this.start + to);
  }
}
