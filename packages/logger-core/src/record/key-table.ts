import { encodeKey } from './encode-string';
import { isMovedAside, isReservedKey } from './reserved-keys';
import { isMark } from './reserved-slots';
import { Stamp } from './stamp';

/** A key, looked up once: its JSON text, and what is to be done with its value. */
export interface KeyInfo {
  readonly key: string;
  /** The name by which a record has the field: the key, unless that is too long to be kept. */
  readonly name: string;
  /** `,"key":` at the top level of a record, where a reserved key (or one that looks moved aside) reads `,"fields.key":`. */
  readonly top: Stamp;
  /** `,"key":` inside a value. */
  readonly nested: Stamp;
  readonly secret: boolean;
  /** Whether the record itself has to look at the value: see `lift`. */
  readonly lifts: boolean;
  /** What came behind it the last time. */
  next: KeyInfo | undefined;
}

/** Programs use few keys; an attacker's thousands must not become our memory. */
const MAX_CACHED_KEYS = 4096;
/** Characters kept of a key. */
const MAX_KEY_CHARS = 1024;

/** Remembers what is known of each key, per logger: which keys are secret is the logger's choice. */
export class KeyTable {
  readonly #isSecret: (key: string) => boolean;
  readonly #known = new Map<string, KeyInfo>();

  constructor(isSecret: (key: string) => boolean) {
    this.#isSecret = isSecret;
  }

  info(key: string): KeyInfo {
    return this.#known.get(key) ?? this.#learn(key);
  }

  /** The same, of a key that stands behind another one: mostly it is the one that stood there before. */
  behind(last: KeyInfo | undefined, key: string): KeyInfo {
    if (last === undefined) return this.info(key);
    const { next } = last;
    if (next !== undefined && next.key === key) return next;
    const known = this.#known.get(key);
    // One that is not kept here must not be kept there.
    if (known !== undefined) last.next = known;
    return known ?? this.#learn(key);
  }

  #learn(key: string): KeyInfo {
    if (key.length > MAX_KEY_CHARS) {
      const cut = `${key.slice(0, MAX_KEY_CHARS)}[Truncated: ${key.length - MAX_KEY_CHARS} characters]`;
      const text = new Stamp(',' + encodeKey(cut) + ':');
      return { key, name: cut, top: text, nested: text, lifts: false, secret: this.#isSecret(key), next: undefined };
    }
    const reserved = isReservedKey(key);
    const lifts = reserved || isMark(key);
    const nested = new Stamp(',' + encodeKey(key) + ':');
    const top = reserved || isMovedAside(key) ? new Stamp(',' + encodeKey('fields.' + key) + ':') : nested;
    const info: KeyInfo = { key, name: key, top, nested, lifts, secret: this.#isSecret(key), next: undefined };
    if (this.#known.size < MAX_CACHED_KEYS) this.#known.set(key, info);
    return info;
  }
}
