import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { ComplianceError } from '../errors';
import { type SubjectKeyStore } from './subject-key-store';

export interface SubjectVaultOptions {
  store: SubjectKeyStore;
  /** 32 bytes and more that turn a subject's id into the name of its key; without it no record tells whose it is. */
  indexKey: string | Uint8Array;
}

const PREFIX = 'enc:v1:';
const FORM = /^enc:v1:([0-9a-f]{32}):([A-Za-z0-9_-]{38,})$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const MIN_INDEX_KEY_BYTES = 32;
/** Subjects whose keys are held in memory. */
const MAX_CACHED_KEYS = 10_000;

/**
 * Encrypts what a log says of a person with a key of that person's own (AES-256-GCM). The log keeps the ciphertext, seals
 * and proofs cover it, and destroying the key erases the data everywhere at once, back-ups of the log included.
 */
export class SubjectVault {
  readonly #store: SubjectKeyStore;
  readonly #indexKey: Buffer;
  readonly #keys = new Map<string, Uint8Array>();

  /** @throws ComplianceError `MXL_KEY_STORE` for an index key that is too short */
  constructor({ store, indexKey }: SubjectVaultOptions) {
    this.#store = store;
    this.#indexKey = Buffer.from(indexKey as Uint8Array);
    if (this.#indexKey.length < MIN_INDEX_KEY_BYTES) {
      throw new ComplianceError('MXL_KEY_STORE', `the index key needs ${MIN_INDEX_KEY_BYTES} bytes`);
    }
  }

  /**
   * `enc:v1:<key name>:<nonce, ciphertext, tag>`; the key is made when there is none.
   *
   * @throws ComplianceError `MXL_SUBJECT_ERASED` when the subject's key has been destroyed
   */
  encrypt(subject: string, text: string): string {
    const name = this.#nameOf(subject);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#keyFor(name), nonce).setAAD(Buffer.from(PREFIX + name));
    const bytes = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${PREFIX}${name}:${bytes.toString('base64url')}`;
  }

  /**
   * For those who are entitled: what {@link encrypt} was given.
   *
   * @throws ComplianceError `MXL_SUBJECT_ERASED` when the key has been destroyed, `MXL_SUBJECT_DATA` for what is no
   * ciphertext of this vault
   */
  decrypt(encrypted: string): string {
    const [, name, data] = FORM.exec(encrypted) ?? [];
    if (name === undefined || data === undefined) {
      throw new ComplianceError('MXL_SUBJECT_DATA', 'this is not what a vault has encrypted');
    }
    // From the store itself: another process may have erased it.
    const key = this.#store.load(name);
    if (key === 'erased') throw erased();
    if (key === undefined) throw new ComplianceError('MXL_SUBJECT_DATA', 'the store holds no key for this');
    const bytes = Buffer.from(data, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(PREFIX + name)).setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return text.toString();
    } catch (thrown) {
      throw new ComplianceError('MXL_SUBJECT_DATA', 'the ciphertext has been altered', thrown);
    }
  }

  /** Destroys the subject's key: nothing that was encrypted with it can be read again, and no new key is made. */
  eraseSubject(subject: string): void {
    const name = this.#nameOf(subject);
    this.#store.destroy(name);
    this.#keys.get(name)?.fill(0);
    this.#keys.delete(name);
  }

  #keyFor(name: string): Uint8Array {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const loaded = this.#store.load(name) ?? this.#store.create(name, randomBytes(KEY_BYTES));
    if (loaded === 'erased') throw erased();
    if (this.#keys.size >= MAX_CACHED_KEYS) this.#keys.clear();
    const key = Uint8Array.from(loaded);
    this.#keys.set(name, key);
    return key;
  }

  #nameOf(subject: string): string {
    return createHmac('sha256', this.#indexKey).update(subject).digest('hex').slice(0, 32);
  }
}

function erased(): ComplianceError {
  return new ComplianceError('MXL_SUBJECT_ERASED', 'the key of this subject has been destroyed');
}

/** A vault over a store of keys. */
export function createSubjectVault(options: SubjectVaultOptions): SubjectVault {
  return new SubjectVault(options);
}
