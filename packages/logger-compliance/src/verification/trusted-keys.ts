import { createPublicKey, type KeyObject } from 'node:crypto';
import { ComplianceError } from '../errors';
import { createNoteKey, isSignedBy, type NoteKey, parseVerifierKey, type SignedNote } from '../sealing/signed-note';

/** The keys that a log may be sealed with, in the order in which they were used: each is an epoch. */
export class TrustedKeys {
  readonly #given: readonly (NoteKey | KeyObject)[];
  #cached: { origin: string; keys: readonly NoteKey[] } | undefined;

  /** @throws ComplianceError `MXL_SEAL_MALFORMED` */
  constructor(keys: readonly string[] | undefined) {
    if (!Array.isArray(keys) || !keys.every((key) => typeof key === 'string'))
      throw new ComplianceError('MXL_SEAL_MALFORMED', 'trustedKeys: not a list of keys as text');
    if (keys.length === 0) throw new ComplianceError('MXL_SEAL_MALFORMED', 'trustedKeys: no key to trust');
    this.#given = keys.map((text) => (text.includes('-----BEGIN') ? readPem(text) : parseVerifierKey(text)));
  }

  /** The keys of one log: those under its name, and those without a name. */
  of(origin: string): readonly NoteKey[] {
    if (this.#cached?.origin !== origin) {
      const keys = this.#given
        .map((key) => ('publicKey' in key ? key : createNoteKey(origin, key)))
        .filter(({ name }) => name === origin);
      this.#cached = { origin, keys };
    }
    return this.#cached.keys;
  }

  /** The epochs whose keys have signed a note rightly. */
  epochsOf({ text, signatures }: SignedNote, origin: string): number[] {
    return this.of(origin).flatMap((key, epoch) =>
      signatures.some((signature) => isSignedBy(text, signature, key)) ? [epoch] : [],
    );
  }

  /** Whether a signature claims to be of one of the keys, right or not. */
  claimed({ signatures }: SignedNote, origin: string): boolean {
    return this.of(origin).some((key) => signatures.some(({ id }) => id === key.id));
  }
}

function readPem(text: string): KeyObject {
  try {
    // A private key would give its public one here: whoever verifies should not have it.
    const key = text.includes('PRIVATE KEY') ? undefined : createPublicKey(text);
    if (key?.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new ComplianceError('MXL_SEAL_MALFORMED', 'trustedKeys: a PEM that is no Ed25519 public key');
}
