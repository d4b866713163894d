import { ComplianceError } from '../errors';

/** One element of DER (X.690): its tag, and where its content lies. */
export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** The element as a whole, header included. */
  readonly whole: Buffer;
}

export const DER_TAG = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  context0: 0xa0,
} as const;

/** Encodes an element. */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const digits = Buffer.from(length.toString(16).padStart(length < 0x100 ? 2 : length < 0x10000 ? 4 : 8, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | digits.length]), digits, content]);
}

/**
 * The elements that some content is made of, one level deep.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED`
 */
export function decodeDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] as number;
    const first = bytes[at + 1] ?? NaN;
    // A length of up to four bytes; one without an end (0x80), and tags of several bytes, do not occur in DER of ours.
    const digits = first > 0x80 && first <= 0x84 && at + 2 + first - 0x80 <= bytes.length ? first - 0x80 : 0;
    const start = at + 2 + digits;
    const length = digits > 0 ? bytes.readUIntBE(at + 2, digits) : first < 0x80 ? first : NaN;
    if ((tag & 0x1f) === 0x1f || !(start + length <= bytes.length))
      throw new ComplianceError('MXL_SEAL_MALFORMED', 'time-stamp token: no DER');
    elements.push({ tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) });
    at = start + length;
  }
  return elements;
}
