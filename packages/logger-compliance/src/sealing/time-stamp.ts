import { randomBytes } from 'node:crypto';
import { ComplianceError } from '../errors';
import { decodeDer, DER_TAG, type DerElement, encodeDer } from './der';
import { sha256 } from './sha256';

/** AlgorithmIdentifier of SHA-256: 2.16.840.1.101.3.4.2.1 and no parameters. */
const SHA256_ID = encodeDer(
  DER_TAG.sequence,
  encodeDer(DER_TAG.oid, Buffer.from('608648016503040201', 'hex')),
  encodeDer(DER_TAG.null),
);

/** What a token says (RFC 3161, section 2.4.2). Its signature is for `openssl ts -verify` to check. */
export interface TimeStamp {
  /** When the authority saw the hash: RFC 3339, UTC. */
  readonly time: string;
  /** SHA-256 of what was stamped, in base64. */
  readonly hash: string;
}

/** A request for a token over some bytes (RFC 3161, section 2.4.1), with the authority's certificate in the answer. */
export function encodeTimeStampRequest(bytes: Uint8Array): Buffer {
  const imprint = encodeDer(
    DER_TAG.sequence,
    SHA256_ID,
    encodeDer(DER_TAG.octets, Buffer.from(sha256(bytes), 'latin1')),
  );
  // Positive, and with no zeros in front, as DER wants integers.
  const nonce = Buffer.concat([Buffer.from([0x40]), randomBytes(8)]);
  return encodeDer(
    DER_TAG.sequence,
    encodeDer(DER_TAG.integer, Buffer.from([1])),
    imprint,
    encodeDer(DER_TAG.integer, nonce),
    encodeDer(DER_TAG.boolean, Buffer.from([0xff])),
  );
}

/**
 * Reads an authority's answer (TimeStampResp).
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for what is none, `MXL_SEAL_TIMESTAMP_FAILED` for a refusal
 */
export function readTimeStampResponse(response: Buffer): TimeStamp {
  const [answer] = decodeDer(response);
  const [statusInfo, token] = decodeDer(expectTag(answer, DER_TAG.sequence));
  const [status] = decodeDer(expectTag(statusInfo, DER_TAG.sequence));
  const code = expectTag(status, DER_TAG.integer);
  // 0 is granted, 1 granted with modifications.
  if (code.length !== 1 || (code[0] as number) > 1)
    throw new ComplianceError(
      'MXL_SEAL_TIMESTAMP_FAILED',
      `the time-stamp authority refused: status ${code.toString('hex')}`,
    );
  const [, signed] = decodeDer(expectTag(token, DER_TAG.sequence));
  const [signedData] = decodeDer(expectTag(signed, DER_TAG.context0));
  const [, , encapsulated] = decodeDer(expectTag(signedData, DER_TAG.sequence));
  const [, content] = decodeDer(expectTag(encapsulated, DER_TAG.sequence));
  const [octets] = decodeDer(expectTag(content, DER_TAG.context0));
  const [info] = decodeDer(expectTag(octets, DER_TAG.octets));
  const [, , imprint, , time] = decodeDer(expectTag(info, DER_TAG.sequence));
  const [algorithm, hash] = decodeDer(expectTag(imprint, DER_TAG.sequence));
  if (algorithm?.whole.equals(SHA256_ID) !== true) throw malformed('its hash is not SHA-256');
  return {
    time: readTime(expectTag(time, DER_TAG.generalizedTime)),
    hash: expectTag(hash, DER_TAG.octets).toString('base64'),
  };
}

function readTime(content: Buffer): string {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(content.toString('latin1'));
  if (match === null) throw malformed('its time is no GeneralizedTime in UTC');
  const [, year, month, day, hour, minute, second, fraction = ''] = match as unknown as string[];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`;
}

function expectTag(element: DerElement | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw malformed('an element is missing');
  return element.content;
}

function malformed(what: string): ComplianceError {
  return new ComplianceError('MXL_SEAL_MALFORMED', `time-stamp token: ${what}`);
}
