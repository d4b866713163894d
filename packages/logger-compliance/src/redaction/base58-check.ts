import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUES = new Map(Array.from(ALPHABET, (character, value) => [character, BigInt(value)]));
const CHECKSUM_BYTES = 4;

/**
 * The bytes of a Base58Check text without its checksum; undefined when that is wrong. The general decoders of libraries
 * take a millisecond for what a long integer does in some microseconds, and a record may hold thousands of candidates.
 */
export function decodeBase58Check(text: string): Buffer | undefined {
  let number = 0n;
  for (const character of text) {
    const value = VALUES.get(character);
    if (value === undefined) return undefined;
    number = number * 58n + value;
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeros = /^1*/.exec(text)?.[0].length ?? 0;
  const bytes = Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
  if (bytes.length <= CHECKSUM_BYTES) return undefined;
  const data = bytes.subarray(0, -CHECKSUM_BYTES);
  return sha256(sha256(data)).subarray(0, CHECKSUM_BYTES).equals(bytes.subarray(-CHECKSUM_BYTES)) ? data : undefined;
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
