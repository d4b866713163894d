import { MESSAGE } from 'triple-beam';
import { encodeRecord } from '../record/encode-record';
import { LineText } from '../record/line-text';
import { type LogRecord } from '../record/log-record';
import { readRecord } from '../record/read-record';
import { type QueuedEntry } from './queued-entry';

/** Rank, what there is beside the line, the line's bytes, the payload's bytes (both little-endian). */
const HEAD_BYTES = 10;
const OWN_PAYLOAD = 1;
const TEXT = 2;

/** An entry as bytes for a spool: its record's line; the payload where that is not the line; winston's text if any. */
export function encodeSpooled(entry: QueuedEntry): Buffer {
  const { line, recordLine = line, rank } = entry;
  const text = recordLine === undefined ? entry.record[MESSAGE] : entry.text;
  const record = recordLine === undefined ? Buffer.from(encodeRecord(entry.record)) : bytesOf(recordLine);
  const payload = line === undefined ? Buffer.from(entry.payload) : line === recordLine ? record : bytesOf(line);
  const own = payload !== record && !payload.equals(record);
  const rest = text === undefined ? undefined : Buffer.from(text);
  const bytes = HEAD_BYTES + record.length + (own ? payload.length : 0) + (rest?.length ?? 0);
  const body = Buffer.allocUnsafe(bytes);
  body[0] = rank;
  body[1] = (own ? OWN_PAYLOAD : 0) | (rest === undefined ? 0 : TEXT);
  body.writeUInt32LE(record.length, 2);
  body.writeUInt32LE(own ? payload.length : 0, 6);
  record.copy(body, HEAD_BYTES);
  if (own) payload.copy(body, HEAD_BYTES + record.length);
  rest?.copy(body, bytes - rest.length);
  return body;
}

function bytesOf({ slab, start, end }: LineText): Buffer {
  return slab.subarray(start, end);
}

/** What {@link encodeSpooled} made. @throws RangeError when it is none */
export function decodeSpooled(body: Uint8Array): QueuedEntry {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const lineEnd = HEAD_BYTES + bytes.readUInt32LE(2);
  const payloadEnd = lineEnd + bytes.readUInt32LE(6);
  if (payloadEnd > bytes.length) throw new RangeError('a spooled entry is shorter than it says');
  const [rank = 0, flags = 0] = bytes;
  const text = (flags & TEXT) === 0 ? undefined : bytes.toString('utf8', payloadEnd);
  const line = new LineText(bytes, HEAD_BYTES, lineEnd - HEAD_BYTES, true);
  return new SpooledEntry(line, {
    rank,
    text,
    payload: (flags & OWN_PAYLOAD) === 0 ? undefined : bytes.subarray(lineEnd, payloadEnd),
  });
}

interface SpooledParts {
  readonly rank: number;
  readonly text: string | undefined;
  readonly payload: Buffer | undefined;
}

/** An entry that has been on the disk. Its text and its record are made when somebody asks. */
class SpooledEntry implements QueuedEntry {
  readonly bytes: number;
  readonly rank: number;
  readonly text: string | undefined;
  readonly line?: LineText;
  readonly #line: LineText;
  readonly #own: Buffer | undefined;
  #payload: string | undefined;
  #record: LogRecord | undefined;

  constructor(line: LineText, { rank, text, payload }: SpooledParts) {
    this.rank = rank;
    this.text = text;
    this.bytes = payload?.length ?? line.bytes;
    this.#line = line;
    this.#own = payload;
    if (payload === undefined) this.line = line;
  }

  get payload(): string {
    return (this.#payload ??= this.#own?.toString() ?? this.#line.toString());
  }

  get record(): LogRecord {
    return (this.#record ??= readRecord(this.#line.toString(), this));
  }
}
