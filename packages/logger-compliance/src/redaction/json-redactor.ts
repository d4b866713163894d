import { hiddenJson } from './hidden-json';
import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-cursor';
import { isJson, jsonText, looksLikeJson } from './json-text';
import { KeyCursor } from './key-cursor';
import { type Place, type Step } from './key-matcher';
import { type TextRedactor } from './text-redactor';
import { Shape, shapeOf } from './text-shape';

/** How core begins a line; its time and level hold nothing of the user's. */
const HEAD = '{"timestamp":"';
/** Deeper JSON, which no record holds, is looked at as text only. */
const MAX_DEPTH = 200;
/** JSON in a string in JSON in a string … */
const MAX_NESTING = 6;

/**
 * Redacts valid JSON text as text, in one pass: what need not change is copied, not read. That keeps numbers as they
 * were written and costs a record without secrets one look at its characters.
 */
export class JsonRedactor extends KeyCursor {
  readonly #texts: TextRedactor;
  readonly #nesting: number;
  #out = '';
  #copied = 0;
  #depth = 0;

  constructor(json: string, texts: TextRedactor, nesting: number) {
    super(json);
    this.#texts = texts;
    this.#nesting = nesting;
  }

  /** @returns the same text when there is nothing to hide in it */
  static record(line: string, root: Place, texts: TextRedactor): string {
    const redactor = new JsonRedactor(line, texts, 0);
    redactor.#enter();
    if (line.startsWith(HEAD)) redactor.at = line.indexOf('"logger":');
    redactor.#members(root, true);
    return redactor.#result();
  }

  /** A text, which may be JSON itself. @param place - where the text stands, for paths that lead into it */
  static text(text: string, place: Place, texts: TextRedactor, nesting = 0): string {
    const shape = shapeOf(text, 0, text.length);
    if ((shape & Shape.bracket) !== 0 && nesting < MAX_NESTING && looksLikeJson(text) && isJson(text)) {
      const redactor = new JsonRedactor(text, texts, nesting + 1);
      if (redactor.#value(place)) return redactor.#result();
    }
    return texts.redact(text, shape);
  }

  /** A string, number or word in JSON. */
  static leaf(json: string, place: Place, texts: TextRedactor): string {
    const redactor = new JsonRedactor(json, texts, 0);
    redactor.#value(place);
    return redactor.#result();
  }

  #result(): string {
    return this.#copied === 0 ? this.json : this.#out + this.json.slice(this.#copied);
  }

  #replace(from: number, to: number, text: string): void {
    this.#out += this.json.slice(this.#copied, from) + text;
    this.#copied = to;
  }

  /** False when it is too deep to be followed. */
  #value(place: Place): boolean {
    switch (this.json.charCodeAt(this.at)) {
      case QUOTE:
        this.#string(place);
        return true;
      case OPEN_OBJECT:
        return this.#nested(() => this.#members(place, false));
      case OPEN_ARRAY:
        return this.#list() || this.#nested(() => this.#array(place));
      default:
        this.#scalar();
        return true;
    }
  }

  #nested(read: () => boolean): boolean {
    if (++this.#depth > MAX_DEPTH) return false;
    this.#enter();
    const complete = read();
    this.#depth -= 1;
    return complete;
  }

  #enter(): void {
    this.at += 1;
    this.skipSpace();
  }

  /** @param top - whether this is a record's line, whose own members are not the user's */
  #members(place: Place, top: boolean): boolean {
    const json = this.json;
    let comma = -1;
    for (let position = 0; json.charCodeAt(this.at) !== CLOSE_OBJECT; position++) {
      const start = this.at;
      const { key, step, token, last } = this.key(place, top, position);
      if (last) return true;
      const kept = this.#member(step, top ? key : '', start, start + token.length - 1);
      if (kept === undefined) return false;
      if (!kept && comma >= 0) this.#replace(comma, this.at, '');
      this.skipSpace();
      if (json.charCodeAt(this.at) === COMMA) {
        if (kept) comma = this.at;
        this.at += 1;
      }
      this.skipSpace();
      // The first member takes the comma behind it along.
      if (!kept && comma < 0) this.#replace(start, this.at, '');
    }
    this.at += 1;
    return true;
  }

  /** @returns false when the member is to be taken out, undefined when it is too deep to be followed */
  #member(step: Step | undefined, recordKey: string, start: number, keyEnd: number): boolean | undefined {
    if (step === undefined) {
      this.skipValue();
      return true;
    }
    const { rule } = step.place;
    if (rule === undefined) {
      if (step.shown !== undefined) this.#replace(start, keyEnd, jsonText(step.shown));
      return this.#value(step.place) ? true : undefined;
    }
    const from = this.at;
    this.skipValue();
    const text = hiddenJson(this.json.slice(from, this.at), rule, recordKey, this.#texts);
    if (text === undefined) return false;
    if (step.shown !== undefined) this.#replace(start, keyEnd, jsonText(step.shown));
    if (text !== '') this.#replace(from, this.at, text);
    return true;
  }

  /** Whether the array that begins here is a secret as a whole, and has been hidden. */
  #list(): boolean {
    const from = this.at;
    if (this.#texts.maxListTexts === Infinity) return false;
    const inner = this.json.indexOf('[', from + 1);
    const end = this.json.indexOf(']', from);
    // An array in this one is looked at by itself.
    if (inner >= 0 && inner < end) return false;
    const rule = this.#texts.listRule(this.json.slice(from, end));
    if (rule === undefined) return false;
    this.skipValue();
    const text = hiddenJson(this.json.slice(from, this.at), rule, '', this.#texts) ?? '[]';
    this.#replace(from, this.at, text);
    return true;
  }

  #array(place: Place): boolean {
    for (let index = 0; this.json.charCodeAt(this.at) !== CLOSE_ARRAY; index++) {
      const element = place.element(index);
      if (element.rule === undefined) {
        if (!this.#value(element)) return false;
      } else {
        const from = this.at;
        this.skipValue();
        // An element keeps its place: the ones behind it are known by their number.
        const text = hiddenJson(this.json.slice(from, this.at), element.rule, '', this.#texts) ?? 'null';
        if (text !== '') this.#replace(from, this.at, text);
      }
      this.skipSpace();
      if (this.json.charCodeAt(this.at) === COMMA) this.at += 1;
      this.skipSpace();
    }
    this.at += 1;
    return true;
  }

  #string(place: Place): void {
    const from = this.at;
    this.skipString();
    const length = this.at - from - 2;
    if (length < this.#texts.minLength) return;
    const shape = shapeOf(this.json, from + 1, this.at - 1);
    if (!this.#texts.concerns(shape, length)) return;
    const raw = this.json.slice(from, this.at);
    const text = (shape & Shape.backslash) === 0 ? raw.slice(1, -1) : (JSON.parse(raw) as string);
    const redacted = JsonRedactor.text(text, place, this.#texts, this.#nesting);
    if (redacted !== text) this.#replace(from, this.at, jsonText(redacted));
  }

  /** A number may be that of a card. */
  #scalar(): void {
    const from = this.at;
    this.skipScalar();
    if (this.at - from < this.#texts.minDigits) return;
    const text = this.json.slice(from, this.at);
    const redacted = this.#texts.redact(text);
    if (redacted !== text) this.#replace(from, this.at, jsonText(redacted));
  }
}
