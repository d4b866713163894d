import { randomBytes } from 'node:crypto';

/** The largest number of chunks that a receiver puts together (GELF via UDP). */
const MAX_CHUNKS = 128;

const HEAD_BYTES = 12;

/** A message as datagrams of at most `maxBytes`; whole in one that is too large when it needs too many. */
export function gelfChunks(message: Buffer, maxBytes: number): Buffer[] {
  if (message.length <= maxBytes) return [message];
  const size = maxBytes - HEAD_BYTES;
  const count = Math.ceil(message.length / size);
  if (count > MAX_CHUNKS) return [message];
  const id = randomBytes(8);
  return Array.from({ length: count }, (_, index) =>
    Buffer.concat([
      Buffer.from([0x1e, 0x0f]),
      id,
      Buffer.from([index, count]),
      message.subarray(index * size, (index + 1) * size),
    ]),
  );
}
