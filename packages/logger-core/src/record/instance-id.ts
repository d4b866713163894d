import { randomBytes } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function base32(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = CROCKFORD.charAt(Number(rest & 31n)) + text;
  return text;
}

/**
 * The prefix of all record ids of one logger instance: 48 bits of time and 50 random bits in Crockford's
 * base 32, as in a ULID (github.com/ulid/spec) with a shorter random part. A record's id is
 * `<prefix>-<seq>`.
 */
export function createInstanceId(nowMs: number = Date.now()): string {
  const random = randomBytes(8).readBigUInt64BE();
  return base32(BigInt(Math.floor(nowMs)), 10) + base32(random, 10);
}
