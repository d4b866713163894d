import { CLOSE_OBJECT, COMMA, JsonCursor, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-cursor';
import { type Place, type Step } from './key-matcher';
import { type Part } from './line-part';
import { type PlainSources } from './plain-sources';
import { isInTail, recordStep } from './record-members';

/** Longer keys, deeper objects and lines of more parts are no form that comes again. */
const MAX_KEY_CHARS = 64;
const MAX_DEPTH = 8;
const MAX_PARTS = 200;
/** How deep arrays in arrays are followed. */
const MAX_ARRAYS = 4;

/** Reads from a record's line the form that it has. */
export class ShapeReader extends JsonCursor {
  readonly #plain: Readonly<Record<'text' | 'number' | 'array', RegExp>>;
  readonly #parts: Part[] = [];
  #text = '';

  constructor(line: string, plain: PlainSources) {
    super(line);
    const whole = (source: string): RegExp => new RegExp(`^(?:${source})$`);
    this.#plain = { text: whole(plain.text), number: whole(plain.number), array: whole(plain.array) };
  }

  /** @returns undefined for a line whose form cannot be told by a regular expression */
  read(root: Place): Part[] | undefined {
    if (this.json.charCodeAt(0) !== OPEN_OBJECT || !this.#members(root, 0)) return undefined;
    this.#parts.push(this.#text);
    return this.#parts;
  }

  #add(part: Part): boolean {
    this.#parts.push(this.#text, part);
    this.#text = '';
    return this.#parts.length <= MAX_PARTS;
  }

  #take(to: number): void {
    this.#text += this.json.slice(this.at, to);
    this.at = to;
  }

  #members(place: Place, depth: number): boolean {
    if (depth > MAX_DEPTH) return false;
    this.#take(this.at + 1);
    while (this.json.charCodeAt(this.at) !== CLOSE_OBJECT) {
      const key = this.#key();
      if (key === undefined) return false;
      if (depth === 0 && isInTail(key)) return true;
      if (!this.#value(depth === 0 ? recordStep(key, place) : place.step(key), key, depth)) return false;
      if (this.json.charCodeAt(this.at) === COMMA) this.#take(this.at + 1);
    }
    this.#take(this.at + 1);
    return true;
  }

  #key(): string | undefined {
    const from = this.at;
    if (this.json.charCodeAt(from) !== QUOTE) return undefined;
    this.skipString();
    const to = this.at;
    this.at = from;
    this.#take(to + 1);
    const key = this.json.slice(from + 1, to - 1);
    return to - from > MAX_KEY_CHARS + 2 || /[^ !#-[\]-~]/.test(key) || this.json[to] !== ':' ? undefined : key;
  }

  #value(step: Step | undefined, key: string, depth: number): boolean {
    const from = this.at;
    const first = this.json.charCodeAt(from);
    if (step?.shown !== undefined) return false;
    const rule = step?.place.rule;
    if (first === OPEN_OBJECT && rule === undefined && step !== undefined) return this.#members(step.place, depth + 1);
    this.skipValue();
    const json = this.json.slice(from, this.at);
    if (step === undefined) return isScalar(json) && this.#add({ kind: 'untouched', sample: json });
    if (rule !== undefined) {
      if (rule.action === 'remove' || !isScalar(json)) return false;
      return this.#add({ kind: 'hidden', rule, recordKey: depth === 0 ? key : '' });
    }
    if (first === OPEN_ARRAY) return isOpen(step.place) && this.#plain.array.test(json) && this.#add({ kind: 'array' });
    if (first === OPEN_OBJECT) return false;
    const kind = first === QUOTE ? 'text' : 'number';
    const searched = !this.#plain[kind].test(json);
    // What is not plain may be a secret, and is not kept.
    return this.#add({ kind, place: step.place, sample: searched ? '' : json, searched });
  }
}

/** A number, a word or a string without a backslash. */
function isScalar(json: string): boolean {
  return /^(?:"[^"\\]*"|[\w.+-]+)$/.test(json);
}

/** Whether no rule hides an element of an array at this place, or of an array in it. */
function isOpen(place: Place): boolean {
  let array = place;
  for (let depth = 0; depth < MAX_ARRAYS; depth++) {
    if (array.namesElements) return false;
    const element = array.element(0);
    if (element.rule !== undefined) return false;
    if (element === array) return true;
    array = element;
  }
  return false;
}
