import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { ComplianceError } from '../errors';
import { type Pseudonymize } from '../redaction/action';

/** A key that pseudonyms are made with. To be kept apart from the log (GDPR, article 4(5)). */
export interface PseudonymKey {
  /** Stands in each pseudonym, so that it is known which key made it: letters, digits, `.` and `-`. */
  id: string;
  /** 32 bytes at least; a text counts in UTF-8. */
  secret: string | Uint8Array;
}

/** Stands for values without telling them: the same value gives the same pseudonym, as long as the key is the same. */
export interface Pseudonyms {
  /** `p_<key>_<128 bits>`. Two domains give one value two pseudonyms that nobody can connect without the key. */
  readonly of: Pseudonymize;
  /** The value's pseudonyms under all keys, the current one first: what to search a log for. */
  all(domain: string, value: string): readonly string[];
  /** Whether this is a pseudonym of the value, under any key that is still known. */
  matches(domain: string, value: string, pseudonym: string): boolean;
  /**
   * Makes the key the current one; those before still match.
   *
   * @throws ComplianceError `MXL_PSEUDONYM_KEY`
   */
  rotate(key: PseudonymKey): void;
  /** Forgets a key that is not the current one: what it made can no longer be matched. @returns whether it was known */
  forget(id: string): boolean;
}

const MIN_KEY_BYTES = 32;
const PSEUDONYM_BYTES = 16;
const KEY_ID = /^[A-Za-z0-9.-]{1,32}$/;
const INFO = 'metaexpert logger pseudonym v1';
/** Domains are few: the names of rules. */
const MAX_DOMAINS = 1024;

/**
 * Keyed pseudonyms: HMAC-SHA-256 (RFC 2104) with a key of its own for each domain (HKDF, RFC 5869).
 *
 * @param keys - the current one first; older ones are there to match
 * @throws ComplianceError `MXL_PSEUDONYM_KEY` for a key that is too short, or an id that is not unique
 * @example
 * const pseudonyms = createPseudonyms([{ id: '2026', secret: process.env.PSEUDONYM_KEY ?? '' }]);
 * redact({ keys: [{ key: 'clientId', action: 'pseudonym' }], pseudonymize: pseudonyms.of });
 */
export function createPseudonyms(keys: readonly PseudonymKey[]): Pseudonyms {
  const ring: RingKey[] = [];
  for (const key of keys) ring.push(checked(key, ring));
  const [first] = ring;
  if (first === undefined) throw new ComplianceError('MXL_PSEUDONYM_KEY', 'there is no key');
  let current = first;
  const all = (domain: string, value: string): readonly string[] => ring.map((key) => key.pseudonym(domain, value));
  return {
    of: (domain, value) => current.pseudonym(domain, value),
    all,
    matches: (domain, value, pseudonym) => all(domain, value).some((one) => isSame(one, pseudonym)),
    rotate: (key) => {
      current = checked(key, ring);
      ring.unshift(current);
    },
    forget: (id) => {
      const at = ring.findIndex((key) => key.id === id);
      if (at <= 0) return false;
      ring.splice(at, 1);
      return true;
    },
  };
}

class RingKey {
  readonly id: string;
  readonly #secret: Uint8Array;
  readonly #domains = new Map<string, Buffer>();

  constructor(id: string, secret: Uint8Array) {
    this.id = id;
    this.#secret = secret;
  }

  pseudonym(domain: string, value: string): string {
    const mac = createHmac('sha256', this.#domainKey(domain)).update(value).digest();
    return `p_${this.id}_${mac.subarray(0, PSEUDONYM_BYTES).toString('base64url')}`;
  }

  #domainKey(domain: string): Buffer {
    const known = this.#domains.get(domain);
    if (known !== undefined) return known;
    const key = Buffer.from(hkdfSync('sha256', this.#secret, INFO, domain, 32));
    if (this.#domains.size < MAX_DOMAINS) this.#domains.set(domain, key);
    return key;
  }
}

function checked({ id, secret }: PseudonymKey, ring: readonly RingKey[]): RingKey {
  if (!KEY_ID.test(id)) throw new ComplianceError('MXL_PSEUDONYM_KEY', `'${id}' is no id of a key`);
  if (ring.some((key) => key.id === id)) {
    throw new ComplianceError('MXL_PSEUDONYM_KEY', `there are two keys '${id}'`);
  }
  const bytes = Buffer.from(secret as Uint8Array);
  if (bytes.length < MIN_KEY_BYTES) {
    const what = `key '${id}' has ${bytes.length} bytes; ${MIN_KEY_BYTES} are needed`;
    throw new ComplianceError('MXL_PSEUDONYM_KEY', what);
  }
  return new RingKey(id, bytes);
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
