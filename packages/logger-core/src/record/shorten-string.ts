import { encodeString } from './encode-string';

/** Bytes that one UTF-16 unit takes at most in JSON: `\\u0000`. */
const MAX_BYTES_PER_UNIT = 6;

/**
 * The beginning of a string, as JSON, with a word about how much is missing.
 *
 * @param bytes - that the beginning may take
 * @returns with `kept`, the UTF-16 units of it
 */
export function shortenString(text: string, bytes: number): { kept: number; encoded: string } {
  const plain = Buffer.byteLength(encodeString(text.slice(0, bytes))) <= bytes + 2;
  let kept = plain ? bytes : Math.floor(bytes / MAX_BYTES_PER_UNIT);
  // Not through the middle of a character.
  if (isHighSurrogate(text.charCodeAt(kept - 1))) kept -= 1;
  return { kept, encoded: encodeString(`${text.slice(0, kept)}[Truncated: ${text.length - kept} characters]`) };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
