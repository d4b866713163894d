import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ComplianceError } from '../errors';
import { decodeBase64, sha256 } from '../sealing/sha256';
import { type NoteSignature, parseNote } from '../sealing/signed-note';

/** The type of an Ed25519 cosignature key in C2SP tlog-cosignature. */
const COSIGNATURE = 4;

/** The public key of a witness. */
export interface WitnessKey {
  readonly name: string;
  /** Four bytes as eight hexadecimal digits. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

/** Reads a witness's verifier key, `<name>+<id>+<base64>`. @throws ComplianceError `MXL_SEAL_MALFORMED` */
export function parseWitnessKey(text: string): WitnessKey {
  const [, name = '', id = '', data = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const bytes = decodeBase64(data);
  if (bytes?.length !== 33 || bytes[0] !== COSIGNATURE || witnessKeyId(name, bytes.subarray(1)) !== id)
    throw new ComplianceError('MXL_SEAL_MALFORMED', 'witness key: not <name>+<id>+<cosignature key in base64>');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url', 1) };
  return { name, id, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}

/** C2SP tlog-cosignature: the beginning of a hash over name, type and raw key. */
function witnessKeyId(name: string, rawKey: Uint8Array): string {
  const hashed = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([COSIGNATURE]), rawKey]);
  return Buffer.from(sha256(hashed).slice(0, 4), 'latin1').toString('hex');
}

/** What a witness signs over the text of a checkpoint. @param seconds - since 1970 */
function cosignedMessage(text: string, seconds: number | bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/** When the witness has signed, in seconds since 1970; undefined when the signature is not its own or not right. */
export function checkCosignature(
  text: string,
  { name, id, bytes }: NoteSignature,
  key: WitnessKey,
): number | undefined {
  if (name !== key.name || id !== key.id || bytes.length !== 72) return undefined;
  const seconds = bytes.readBigUInt64BE();
  const right = verify(null, cosignedMessage(text, seconds), key.publicKey, bytes.subarray(8));
  // The last second that a Date can hold.
  return right && seconds <= 8_640_000_000_000n ? Number(seconds) : undefined;
}

/**
 * When a witness has cosigned a checkpoint: it had seen no other tree of this log by then. Undefined when it has not.
 *
 * @param note - of the checkpoint, with the line of the witness
 * @param witnessKey - `<name>+<id>+<base64>`, as the witness publishes it
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for what is no note or no key
 */
export function cosignedAt(note: string, witnessKey: string): Date | undefined {
  const key = parseWitnessKey(witnessKey);
  const { text, signatures } = parseNote(note);
  const times = signatures.flatMap((signature) => checkCosignature(text, signature, key) ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times) * 1000);
}
