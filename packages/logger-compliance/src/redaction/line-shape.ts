import { hiddenJson } from './hidden-json';
import { JsonRedactor } from './json-redactor';
import { type Place } from './key-matcher';
import { type Rule } from './rule';
import { type TextRedactor } from './text-redactor';

/** A string, or a number or word, that no rule for keys hides. */
export interface Leaf {
  readonly kind: 'text' | 'number';
  readonly place: Place;
  /** The plain JSON text that stood here when the form was learned: most texts of a call site come again. */
  readonly sample: string;
  /** Whether one has been seen here that is not plain, so that each has to be searched. */
  searched: boolean;
}

/** A string or number that is hidden by its key. */
export interface Hidden {
  readonly kind: 'hidden';
  readonly rule: Rule;
  /** Of a record's own member, which has a form to keep; else empty. */
  readonly recordKey: string;
}

/** What a line consists of: text as it stands, leaves, arrays of plain leaves, and values that hold nothing of the user's. */
export type Part = string | Leaf | Hidden | { readonly kind: 'array' | 'untouched' };

/** Sources of regular expressions for what may stand at a place and need no search. */
export interface PlainSources {
  readonly text: string;
  readonly number: string;
  readonly array: string;
}

const ANY = { text: '"(?:[^"\\\\]|\\\\.)*"', number: '[\\w.+-]+' };
const MAX_SAMPLE_CHARS = 64;
const HIDDEN = '"[^"\\\\]*"|[\\w.+-]+';

/**
 * The form that the lines of one call site have, as one regular expression for all of a line: it matches when the line has this
 * form and everything in it that no rule names is plain text. Then only what it captures is looked at.
 */
export class LineShape {
  readonly parts: readonly Part[];
  readonly #regexp: RegExp;
  readonly #captured: readonly (Leaf | Hidden)[];
  /** By capture: what has been searched last and held no secret. */
  readonly #clean: string[] = [];
  readonly #texts: TextRedactor;

  constructor(parts: readonly Part[], plain: PlainSources, texts: TextRedactor) {
    this.parts = parts;
    this.#texts = texts;
    this.#captured = parts.filter(isCaptured);
    const source = parts.map((part) => sourceOf(part, plain)).join('');
    // What is kept stands in captures too: their places in the line would cost more.
    this.#regexp = new RegExp(this.#captured.length === 0 ? source : `(${source})`, 'y');
  }

  /** @returns the same line when there is nothing to hide in it, undefined when it has another form */
  redact(line: string): string | undefined {
    const regexp = this.#regexp;
    const captured = this.#captured;
    regexp.lastIndex = 0;
    if (captured.length === 0) return regexp.test(line) ? line : undefined;
    const match = regexp.exec(line);
    if (match === null) return undefined;
    let out = match[1] as string;
    let changed = false;
    for (let i = 0; i < captured.length; i++) {
      const json = match[2 * i + 2] as string;
      const text = this.#replacement(captured[i] as Leaf | Hidden, json, i);
      if (text !== json) changed = true;
      out += text + (match[2 * i + 3] as string);
    }
    return changed ? out + line.slice(regexp.lastIndex) : line;
  }

  #replacement(part: Leaf | Hidden, json: string, at: number): string {
    if (part.kind === 'hidden') {
      const hidden = hiddenJson(json, part.rule, part.recordKey, this.#texts) ?? '';
      return hidden === '' ? json : hidden;
    }
    if (json === this.#clean[at]) return json;
    const text = JsonRedactor.leaf(json, part.place, this.#texts);
    if (text === json) this.#clean[at] = json;
    return text;
  }
}

function isCaptured(part: Part): part is Leaf | Hidden {
  return typeof part === 'object' && (part.kind === 'hidden' || (isLeaf(part) && part.searched));
}

export function isLeaf(part: Part): part is Leaf {
  return typeof part === 'object' && (part.kind === 'text' || part.kind === 'number');
}

function sourceOf(part: Part, plain: PlainSources): string {
  if (typeof part === 'string') return escapePattern(part);
  switch (part.kind) {
    case 'untouched':
      return `(?:${HIDDEN})`;
    case 'array':
      return plain.array;
    case 'hidden':
      return `)(${HIDDEN})(`;
    default:
      return part.searched ? `)(${ANY[part.kind]})(` : sampleOr(part, plain[part.kind]);
  }
}

/** A text that is known is passed over five times as fast. Never two ways for one text: a line would be given up in exponential time. */
function sampleOr({ kind, sample }: Leaf, plain: string): string {
  if (kind === 'number' || sample.length > MAX_SAMPLE_CHARS) return plain;
  const known = escapePattern(sample);
  return `(?:${known}|(?!${known})${plain})`;
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
