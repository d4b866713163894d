interface Sent {
  readonly bytes: Buffer;
  readonly atMs: number;
}

export interface ResendWindowOptions {
  /** What a lost connection may have held in its buffers. */
  readonly maxBytes: number;
  /** Older than this it has arrived, or the loss was known long ago. */
  readonly maxAgeMs: number;
}

/**
 * What went into a connection lately. A stream without acknowledgements says "written" when the bytes are in the
 * kernel; when the connection then breaks, they are gone. So they are kept for a while and sent again: a record may then
 * arrive twice, with the same `id`, which is better than not at all. Pure: takes the time.
 */
export class ResendWindow {
  readonly #options: ResendWindowOptions;
  #sent: Sent[] = [];
  #bytes = 0;

  constructor(options: ResendWindowOptions) {
    this.#options = options;
  }

  get empty(): boolean {
    return this.#sent.length === 0;
  }

  add(bytes: Buffer, atMs: number): void {
    this.#sent.push({ bytes, atMs });
    this.#bytes += bytes.length;
    this.#trim(atMs - this.#options.maxAgeMs);
  }

  /** The peer ended the connection in good order: what is older than the given time was read by it. */
  confirm(beforeMs: number): void {
    this.#trim(beforeMs);
  }

  /** All that may have been lost, oldest first; it stays in the window until it is confirmed or too old. */
  lost(nowMs: number): Buffer[] {
    this.#trim(nowMs - this.#options.maxAgeMs);
    return this.#sent.map(({ bytes }) => bytes);
  }

  /** It is under way again, by a new connection. */
  resent(atMs: number): void {
    this.#sent = this.#sent.map(({ bytes }) => ({ bytes, atMs }));
  }

  #trim(beforeMs: number): void {
    let gone = 0;
    for (const { bytes, atMs } of this.#sent) {
      // The newest always stays: a batch larger than the window is still one that can be lost.
      const last = gone === this.#sent.length - 1;
      if (atMs >= beforeMs && (last || this.#bytes <= this.#options.maxBytes)) break;
      gone += 1;
      this.#bytes -= bytes.length;
    }
    this.#sent.splice(0, gone);
  }
}
