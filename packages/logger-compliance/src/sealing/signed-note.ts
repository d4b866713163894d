import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { ComplianceError } from '../errors';
import { decodeBase64, sha256 } from './sha256';

/** The type of an Ed25519 key in C2SP signed-note. */
const ED25519 = 1;

/** A public key under a name, as C2SP signed-note knows it. */
export interface NoteKey {
  readonly name: string;
  /** Four bytes as eight hexadecimal digits. */
  readonly id: string;
  readonly publicKey: KeyObject;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Buffer;
}

export interface SignedNote {
  /** What is signed; ends with a line break. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const NAME = /^[^\s+\p{Cc}]+$/u;
const SIGNATURE = /^— ([^\s+]+) (\S+)$/u;
const MAX_SIGNATURES = 100;

export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/** The raw 32 bytes of an Ed25519 key. */
function rawPublicKey(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
}

export function createNoteKey(name: string, publicKey: KeyObject): NoteKey {
  const hashed = Buffer.concat([Buffer.from(`${name}\n`), Buffer.from([ED25519]), rawPublicKey(publicKey)]);
  return { name, publicKey, id: Buffer.from(sha256(hashed).slice(0, 4), 'latin1').toString('hex') };
}

/** The key as text that Go's `note.NewVerifier` and other C2SP tools read: `name+id+base64`. */
export function formatVerifierKey({ name, id, publicKey }: NoteKey): string {
  return `${name}+${id}+${Buffer.concat([Buffer.from([ED25519]), rawPublicKey(publicKey)]).toString('base64')}`;
}

/** @throws ComplianceError `MXL_SEAL_MALFORMED` */
export function parseVerifierKey(text: string): NoteKey {
  const [, name = '', id = '', data = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/u.exec(text) ?? [];
  const bytes = decodeBase64(data);
  if (!NAME.test(name) || bytes?.length !== 33 || bytes[0] !== ED25519)
    throw new ComplianceError('MXL_SEAL_MALFORMED', 'verifier key: not <name>+<id>+<Ed25519 key in base64>');
  const key = createNoteKey(name, ed25519FromRaw(bytes.subarray(1)));
  if (key.id !== id) throw new ComplianceError('MXL_SEAL_MALFORMED', `verifier key: its id is ${key.id}, not ${id}`);
  return key;
}

function ed25519FromRaw(raw: Buffer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
}

export function formatSignature({ name, id }: NoteKey, bytes: Uint8Array): string {
  return `— ${name} ${Buffer.concat([Buffer.from(id, 'hex'), bytes]).toString('base64')}\n`;
}

/** @throws ComplianceError `MXL_SEAL_MALFORMED` */
export function parseNote(note: string): SignedNote {
  const split = note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) throw malformed('no signed note');
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed('too many signatures');
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/** @throws ComplianceError `MXL_SEAL_MALFORMED` */
function parseSignature(line: string): NoteSignature {
  const [, name, data] = SIGNATURE.exec(line) ?? [];
  const bytes = decodeBase64(data);
  if (name === undefined || !NAME.test(name) || bytes === undefined || bytes.length < 5)
    throw malformed('a line that is no signature');
  return { name, id: bytes.toString('hex', 0, 4), bytes: bytes.subarray(4) };
}

/** Whether a signature is of that key and right. */
export function isSignedBy(text: string, signature: NoteSignature, key: NoteKey): boolean {
  const { name, id, bytes } = signature;
  if (name !== key.name || id !== key.id || bytes.length !== 64) return false;
  return verify(null, Buffer.from(text), key.publicKey, bytes);
}

function malformed(what: string): ComplianceError {
  return new ComplianceError('MXL_SEAL_MALFORMED', `checkpoint: ${what}`);
}
