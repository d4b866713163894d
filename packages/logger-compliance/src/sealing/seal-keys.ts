import { type KeyObject, verify } from 'node:crypto';
import { ComplianceError } from '../errors';
import { createNoteKey, formatSignature, isSignedBy, type NoteKey, type SignedNote } from './signed-note';
import { publicKeyOf, type Signer } from './signer';

/** A signer with its key under the log's name. */
interface NamedSigner {
  readonly signer: Signer;
  readonly key: NoteKey;
}

/** The keys that a log is sealed with: the current one, and the one that it takes over from, if any. */
export class SealKeys {
  readonly #current: NamedSigner;
  readonly #retiring: NamedSigner | undefined;

  /** @throws ConfigError when a public key is none */
  constructor(origin: string, current: Signer, retiring: Signer | undefined) {
    const named = (signer: Signer): NamedSigner => ({ signer, key: createNoteKey(origin, publicKeyOf(signer)) });
    this.#current = named(current);
    this.#retiring = retiring === undefined ? undefined : named(retiring);
  }

  get currentKey(): NoteKey {
    return this.#current.key;
  }

  /** Who has signed a note: the current key, the retiring one (alone), or neither. */
  whoSigned({ text, signatures }: SignedNote): 'current' | 'retiring' | undefined {
    const signedBy = (key: NoteKey | undefined): boolean =>
      key !== undefined && signatures.some((signature) => isSignedBy(text, signature, key));
    if (signedBy(this.#current.key)) return 'current';
    return signedBy(this.#retiring?.key) ? 'retiring' : undefined;
  }

  /**
   * Signs a text; the note, at once or later.
   *
   * @param handover - by both keys: the one that goes says which one comes
   * @throws ComplianceError `MXL_SEAL_SIGNER_FAILED`, or rejects with it
   */
  sign(text: string, handover: boolean): string | Promise<string> {
    const signers = [...(handover && this.#retiring !== undefined ? [this.#retiring] : []), this.#current];
    const message = Buffer.from(text);
    const answers = signers.map(({ signer }) => askToSign(signer, message));
    const note = (signatures: readonly Uint8Array[]): string =>
      signers.reduce((lines, { key }, at) => lines + checkedSignature(key, message, signatures[at]), `${text}\n`);
    if (answers.every((answer): answer is Uint8Array => !(answer instanceof Promise))) return note(answers);
    return Promise.all(answers).then(note, (thrown: unknown) => {
      throw signerFailed(thrown);
    });
  }
}

function askToSign(signer: Signer, message: Buffer): Uint8Array | Promise<Uint8Array> {
  try {
    return signer.sign(message);
  } catch (thrown) {
    throw signerFailed(thrown);
  }
}

/** A signature that does not fit the key would come to light years later: it is looked at now. */
function checkedSignature(key: NoteKey, message: Buffer, signature: Uint8Array | undefined): string {
  if (signature === undefined || !isRight(key.publicKey, message, signature))
    throw new ComplianceError('MXL_SEAL_SIGNER_FAILED', `the signer's answer is no signature of its key ${key.name}`);
  return formatSignature(key, signature);
}

function isRight(publicKey: KeyObject, message: Buffer, signature: Uint8Array): boolean {
  return signature instanceof Uint8Array && signature.length === 64 && verify(null, message, publicKey, signature);
}

function signerFailed(thrown: unknown): ComplianceError {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ComplianceError('MXL_SEAL_SIGNER_FAILED', `the signer failed: ${why}`, thrown);
}
