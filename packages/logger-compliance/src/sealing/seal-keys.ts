import { verify } from 'node:crypto';
import { ComplianceError } from '../errors';
import { type CheckedSigner } from './key-signer';
import { createNoteKey, formatSignature, isSignedBy, type NoteKey, type SignedNote } from './signed-note';

/** The first signature of a signer is looked at, and of those that follow one in so many. */
const LOOK_EVERY = 64;

/** A signer with its key under the log's name. */
interface NamedSigner {
  readonly signer: CheckedSigner;
  readonly key: NoteKey;
}

/** The keys that a log is sealed with: the current one, and the one that it takes over from, if any. */
export class SealKeys {
  readonly #current: NamedSigner;
  readonly #retiring: NamedSigner | undefined;
  #signed = 0;

  constructor(origin: string, current: CheckedSigner, retiring: CheckedSigner | undefined) {
    const named = (signer: CheckedSigner): NamedSigner => ({ signer, key: createNoteKey(origin, signer.publicKey) });
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
    // A signature that does not fit the key would come to light years later; looking at each would cost as much again.
    const looks = handover || this.#signed++ % LOOK_EVERY === 0;
    const note = (signatures: readonly Uint8Array[]): string =>
      signers.reduce((lines, { key }, at) => lines + checked(key, message, signatures[at], looks), `${text}\n`);
    const ready = answers.filter((answer): answer is Uint8Array => !(answer instanceof Promise));
    if (ready.length === answers.length) return note(ready);
    return Promise.all(answers.map((answer) => Promise.resolve(answer))).then(note, (thrown: unknown) => {
      throw signerFailed(thrown);
    });
  }
}

function askToSign(signer: CheckedSigner, message: Buffer): Uint8Array | Promise<Uint8Array> {
  try {
    return signer.sign(message);
  } catch (thrown) {
    throw signerFailed(thrown);
  }
}

function checked(key: NoteKey, message: Buffer, signature: Uint8Array | undefined, looks: boolean): string {
  const is = signature instanceof Uint8Array && signature.length === 64;
  if (!is || (looks && !verify(null, message, key.publicKey, signature)))
    throw new ComplianceError('MXL_SEAL_SIGNER_FAILED', `the signer's answer is no signature of its key ${key.name}`);
  return formatSignature(key, signature);
}

function signerFailed(thrown: unknown): ComplianceError {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new ComplianceError('MXL_SEAL_SIGNER_FAILED', `the signer failed: ${why}`, thrown);
}
