import { type Action, type Pseudonymize } from './action';
import { type RedactPreset } from './presets';

/** A field to hide, by the way to it. */
export interface PathOption {
  /** `user.email`, `orders[*].account`, `**.card`: `*` is any key or element, `**` any number of them. */
  path: string;
  action?: Action;
  /** In reports, and the domain of pseudonyms. @default the path */
  name?: string;
}

/** A field to hide, wherever it stands. */
export interface KeyOption {
  /** Compared without case, `_`, `-`, `.` and blanks; `*` stands for any characters. A RegExp is given the key as it is. */
  key: string | RegExp;
  action?: Action;
  /** In reports, and the domain of pseudonyms. @default the key */
  name?: string;
}

/** A kind of value to hide, in whatever text it stands. */
export interface ValueOption {
  value: DetectorName;
  action?: Action;
}

/** A pattern of one's own. Its time is its author's concern: no nested repetitions. */
export interface PatternOption {
  /** In reports, and the domain of pseudonyms. */
  name: string;
  /** A RegExp, or the source of one. The group `secret`, if it has one, must be at its end and is what is hidden. */
  pattern: string | RegExp;
  action?: Action;
}

/** Kinds of values that are known by their form. */
export type DetectorName =
  | 'pem' | 'jwt' | 'authorization' | 'url-password' | 'cloud-key' | 'webhook' | 'wallet-key' | 'seed-phrase'
  | 'card' | 'iban' | 'email' | 'phone' | 'bitcoin-address' | 'ethereum-address'; // prettier-ignore

/** What {@link redact} takes; plain data, but for RegExps and `pseudonymize`. */
export interface RedactionOptions {
  /**
   * Sets of keys and values: `exchanges` (secrets of services, exchanges, wallets), `pci` (cards), `gdpr` (persons).
   *
   * @default ['exchanges'] when nothing else is given
   */
  presets?: readonly RedactPreset[];
  paths?: readonly (string | PathOption)[];
  keys?: readonly (string | RegExp | KeyOption)[];
  values?: readonly (DetectorName | ValueOption)[];
  patterns?: readonly PatternOption[];
  /** Values to hide in every form; see {@link protect}, which works for every redaction. */
  protect?: readonly (string | undefined)[];
  /** For every rule that names none. @default 'mask' */
  action?: Action;
  /** Makes the pseudonyms of the action `pseudonym`. */
  pseudonymize?: Pseudonymize;
}
