import { type Detector, type Span } from './detector';
import { findAll } from './find-all';
import { ComplianceError } from '../errors';

/** A shorter value stands by chance in too much that is harmless. */
const MIN_CHARS = 6;
/** The base64 of a part of a value this short could be a word. */
const MIN_ENCODED_CHARS = 8;
/** JSON in a string in JSON in a string: each time, quotes and backslashes are escaped again. */
const MAX_NESTING = 3;

/**
 * Values that must not appear anywhere, in any of the forms in which programs write them: as they are, URL-encoded,
 * as part of a JSON string, in hexadecimal, and in base64 and base64url wherever in the encoded bytes they begin.
 */
export class ProtectedValues {
  readonly #forms = new Set<string>();
  #detector: Detector | undefined;
  #version = 0;

  /** Changes with every value added. */
  get version(): number {
    return this.#version;
  }

  /**
   * @param value - nothing is done with undefined or an empty text: a secret that is not set cannot leak
   * @throws ComplianceError `MXL_REDACT_VALUE` for one shorter than six characters
   */
  add(value: string | undefined): void {
    if (value === undefined || value === '') return;
    if (value.length < MIN_CHARS) {
      throw new ComplianceError('MXL_REDACT_VALUE', `a protected value needs ${MIN_CHARS} characters at least`);
    }
    for (const form of formsOf(value)) this.#forms.add(form);
    this.#detector = undefined;
    this.#version += 1;
  }

  /** Finds these values; undefined when there are none. */
  get detector(): Detector | undefined {
    if (this.#forms.size === 0) return undefined;
    return (this.#detector ??= createDetector([...this.#forms]));
  }
}

/** Of the whole process: a secret is one for every logger in it. */
export const protectedValues = new ProtectedValues();

/**
 * Hides this very value in every record that a redaction of this process sees, whatever field or text it is in, plain,
 * URL-encoded, in hexadecimal or base64.
 *
 * @param values - undefined ones are passed over, so that an unset variable of the environment needs no `if`
 * @throws ComplianceError `MXL_REDACT_VALUE` for one shorter than six characters
 * @example protect(process.env.BINANCE_SECRET);
 */
export function protect(...values: readonly (string | undefined)[]): void {
  for (const value of values) protectedValues.add(value);
}

function createDetector(forms: readonly string[]): Detector {
  // The longest first: none may leave the rest of another behind.
  const sorted = forms.toSorted((a, b) => b.length - a.length);
  const shortest = sorted.at(-1)?.length ?? 0;
  const pattern = new RegExp(sorted.map(patternOf).join('|'), 'g');
  return {
    name: 'protected',
    needs: 0,
    minLength: shortest,
    plain: { maxChars: shortest - 1 },
    *find(text) {
      for (const { 0: found, index } of findAll(pattern, text)) yield { start: index, end: index + found.length };
      const cut = cutSpan(text, sorted);
      if (cut !== undefined) yield cut;
    },
  };
}

function* formsOf(value: string): Iterable<string> {
  yield value;
  // A lone surrogate, which URLs have no word for, is replaced.
  yield encodeURIComponent(Buffer.from(value).toString());
  yield new URLSearchParams([['', value]]).toString().slice(1);
  let escaped = value;
  for (let nesting = 0; nesting < MAX_NESTING; nesting++) {
    escaped = JSON.stringify(escaped).slice(1, -1);
    yield escaped;
  }
  if (value.length < MIN_ENCODED_CHARS) return;
  const bytes = Buffer.from(value);
  yield bytes.toString('hex');
  for (let offset = 0; offset < 3; offset++) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // Characters that hold bits of the neighbours are not the value's own.
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + bytes.length) * 8) / 6);
    const own = text.slice(from, to);
    yield own;
    yield own.replaceAll('+', '-').replaceAll('/', '_');
    yield encodeURIComponent(own);
  }
}

/** How core ends a string that was too long for its record: what stands before may be the beginning of a value. */
const CUT = /\[Truncated: \d+ characters\]$/;

function cutSpan(text: string, forms: readonly string[]): Span | undefined {
  if (!text.endsWith(' characters]')) return undefined;
  const end = text.search(CUT);
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, end); length > longest && length >= MIN_CHARS; length--) {
      if (text.endsWith(form.slice(0, length), end)) longest = length;
    }
  }
  return longest === 0 ? undefined : { start: end - longest, end };
}

/** What looks like hexadecimal is found in any case, also in both, and with a sign between its bytes. */
function patternOf(form: string): string {
  if (!/^(?:[0-9a-f]{2}){8,}$/i.test(form)) return escapePattern(form);
  const bytes = form.match(/../g) ?? [];
  return bytes.join('[:.,\\s-]?').replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
