/** A frame of the Reliable Event Logging Protocol (rsyslog's relp.html): `TXNR COMMAND LENGTH [DATA]\n`. */
export interface RelpFrame {
  readonly transaction: number;
  readonly command: string;
  readonly data: string;
}

export function encodeRelp({ transaction, command, data }: RelpFrame): Buffer {
  const bytes = Buffer.byteLength(data);
  return Buffer.from(`${transaction} ${command} ${bytes}${bytes === 0 ? '' : ` ${data}`}\n`);
}

const HEAD = /^(\d{1,9}) ([A-Za-z]{1,32}) (\d{1,9})(?=[ \n])/;

const MAX_HEAD_BYTES = 64;

/** Takes a stream of bytes apart into frames. */
export class RelpReader {
  #rest = Buffer.alloc(0);

  /** The frames that are whole now. @throws Error when the peer speaks something else */
  push(chunk: Buffer): RelpFrame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: RelpFrame[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): RelpFrame | undefined {
    const match = HEAD.exec(this.#rest.subarray(0, MAX_HEAD_BYTES).toString('latin1'));
    if (match === null) {
      if (this.#rest.length >= MAX_HEAD_BYTES) throw new Error('the server does not speak RELP');
      return undefined;
    }
    const [head, transaction, command = '', length] = match;
    // librelp writes a space after a length of 0, too.
    const start = head.length + (this.#rest[head.length] === 0x20 ? 1 : 0);
    const end = start + Number(length);
    if (this.#rest.length <= end) return undefined;
    const data = this.#rest.toString('utf8', start, end);
    this.#rest = this.#rest.subarray(end + 1);
    return { transaction: Number(transaction), command, data };
  }
}
