import { crc32 } from 'node:zlib';

/**
 * One entry on the disk, integers little-endian:
 *
 * | at | bytes | what |
 * | 0  | 4     | magic FF FE FD FC: bytes that UTF-8 text never has, so that a reader which has lost its place finds it |
 * | 4  | 4     | length of the body |
 * | 8  | 6     | index |
 * | 14 | 1     | kind |
 * | 15 | 1     | 0 |
 * | 16 | 4     | CRC-32 of the body |
 * | 20 | 4     | CRC-32 of the 20 bytes before |
 *
 * The head has a checksum of its own: while it is right, its length is, and damage in a body costs that body alone.
 */
export const FRAME_HEAD_BYTES = 24;

const MAGIC = Buffer.from([0xff, 0xfe, 0xfd, 0xfc]);

export const ENTRY = 0;
/** Says that every entry below its index has been settled. Its body is empty. */
export const ACKNOWLEDGEMENT = 1;
/**
 * Says that entries below its index had been read, and were in memory alone when the segment that held them made room:
 * what of them was never acknowledged is lost when the process is killed. Its body is empty.
 */
export const LENT = 2;

export interface Frame {
  readonly kind: number;
  readonly index: number;
  /** Where it starts, and where the next one would. */
  readonly start: number;
  readonly end: number;
  /** False when the body's checksum is wrong; the head's is right. */
  readonly whole: boolean;
}

/** Puts a frame at a place of a buffer, all but its checksums. */
export function layFrame(target: Buffer, at: number, kind: number, index: number, body: Uint8Array): void {
  MAGIC.copy(target, at);
  target.writeUInt32LE(body.length, at + 4);
  target.writeUIntLE(index, at + 8, 6);
  target[at + 14] = kind;
  target[at + 15] = 0;
  target.set(body, at + FRAME_HEAD_BYTES);
}

/** Gives the frame at a place its checksums. @returns where the next one starts */
export function sealFrame(target: Buffer, at: number): number {
  const end = at + FRAME_HEAD_BYTES + target.readUInt32LE(at + 4);
  target.writeUInt32LE(crc32(target.subarray(at + FRAME_HEAD_BYTES, end)), at + 16);
  target.writeUInt32LE(crc32(target.subarray(at, at + 20)), at + 20);
  return end;
}

export function frameIndex(target: Buffer, at: number): number {
  return target.readUIntLE(at + 8, 6);
}

/** The frames of a segment whose heads are right, in their order; whatever lies between is passed over. */
export function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  let start = bytes.indexOf(MAGIC);
  while (start >= 0 && start + FRAME_HEAD_BYTES <= bytes.length) {
    const frame = readFrame(bytes, start);
    if (frame !== undefined) frames.push(frame);
    // After a whole frame comes another; else the next magic tells where to go on.
    start =
      frame?.whole === true && frame.end < bytes.length && hasMagic(bytes, frame.end)
        ? frame.end
        : bytes.indexOf(MAGIC, start + 1);
  }
  return frames;
}

function readFrame(bytes: Buffer, start: number): Frame | undefined {
  if (bytes.readUInt32LE(start + 20) !== crc32(bytes.subarray(start, start + 20))) return undefined;
  const end = start + FRAME_HEAD_BYTES + bytes.readUInt32LE(start + 4);
  const whole =
    end <= bytes.length && bytes.readUInt32LE(start + 16) === crc32(bytes.subarray(start + FRAME_HEAD_BYTES, end));
  return { kind: bytes[start + 14] ?? ENTRY, index: frameIndex(bytes, start), start, end, whole };
}

function hasMagic(bytes: Buffer, at: number): boolean {
  return bytes.length - at >= MAGIC.length && bytes.compare(MAGIC, 0, MAGIC.length, at, at + MAGIC.length) === 0;
}
