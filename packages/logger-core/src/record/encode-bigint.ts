/** Beyond this V8 takes longer than a log call may: the digits of 2^1000000 cost 0.1 s, and four times that twice as far. */
const DECIMAL_LIMIT = 1n << 65_536n;

/** The digits of a BigInt; those of one beyond 2^65536 in base 16, which takes no longer than copying it. */
export function encodeBigInt(value: bigint): string {
  const size = value < 0n ? -value : value;
  if (size < DECIMAL_LIMIT) return value.toString();
  return `${value < 0n ? '-' : ''}0x${size.toString(16)}`;
}
