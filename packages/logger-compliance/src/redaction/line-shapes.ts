import { type LineBytes } from '@metaexpert/logger-core';
import { JsonRedactor } from './json-redactor';
import { type Place } from './key-matcher';
import { isLeaf, type Leaf, type Part } from './line-part';
import { LineShape } from './line-shape';
import { plainSources, type PlainSources } from './plain-sources';
import { ShapeReader } from './shape-reader';
import { type TextRedactor } from './text-redactor';

/** A regular expression keeps its place in each string that it may have to go back to: no more than so long a line. */
const MAX_LINE_CHARS = 16_384;
const MAX_SHAPES = 64;
const MAX_MESSAGES = 512;
const MAX_SHAPES_OF_MESSAGE = 4;
const MAX_MESSAGE_CHARS = 128;
/** So many lines of unknown form are learned from at once; then only one in so many, for a form costs more than a line. */
const LEARNED_AT_ONCE = 128;
const LEARNED_LATER = 64;

const MESSAGE = '"message":"';
/** It does not stand within a line's time and level. */
const MESSAGE_FROM = 48;

/** Lines of forms that have been seen before, which is what programs write, are redacted in one native step. */
export class LineShapes {
  readonly #root: Place;
  readonly #texts: TextRedactor;
  readonly #plain: PlainSources;
  readonly #shapes = new Map<string, LineShape>();
  readonly #byMessage = new Map<string, LineShape[]>();
  /** Which matched last: messages with numbers and names in them are all different. */
  #last: LineShape | undefined;
  /** Whether it has matched two lines in a row. */
  #running = false;
  #misses = 0;

  constructor(root: Place, texts: TextRedactor) {
    this.#root = root;
    this.#texts = texts;
    this.#plain = plainSources(texts);
  }

  /** Whether a record's line has nothing to hide; false also where its bytes do not tell. */
  keeps(line: LineBytes): boolean {
    return this.#running && this.#last?.keeps(line) === true;
  }

  /** A record's line; the same text when there is nothing to hide in it. */
  redact(line: string): string {
    if (line.length > MAX_LINE_CHARS) return this.#read(line);
    // Lines of one call site come in runs, and the message is not looked up for those behind the second.
    const again = this.#running ? this.#last?.redact(line) : undefined;
    if (again !== undefined) return again;
    const message = messageOf(line);
    const out = this.#known(line, this.#byMessage.get(message));
    if (out !== undefined) return out;
    this.#misses += 1;
    if (this.#misses <= LEARNED_AT_ONCE || this.#misses % LEARNED_LATER === 0) this.#learn(line, message);
    return this.#read(line);
  }

  #known(line: string, shapes: LineShape[] | undefined): string | undefined {
    for (let i = 0; shapes !== undefined && i < shapes.length; i++) {
      const shape = shapes[i] as LineShape;
      const out = shape.redact(line);
      if (out === undefined) continue;
      // Most often the next line has the form of this one, and it takes long to see that a line has another.
      if (i > 0) shapes.unshift(...shapes.splice(i, 1));
      this.#running = shape === this.#last;
      this.#last = shape;
      return out;
    }
    const out = shapes === undefined && !this.#running ? this.#last?.redact(line) : undefined;
    this.#running = out !== undefined;
    return out;
  }

  #read(line: string): string {
    return JsonRedactor.record(line, this.#root, this.#texts);
  }

  #partsOf(line: string): Part[] | undefined {
    return new ShapeReader(line, this.#plain).read(this.#root);
  }

  #learn(line: string, message: string): void {
    const parts = this.#partsOf(line);
    if (parts === undefined) return;
    const name = nameOf(parts);
    const before = this.#shapes.get(name);
    if (before !== undefined) seeAll(parts, before.parts);
    if (this.#shapes.size >= MAX_SHAPES || this.#byMessage.size >= MAX_MESSAGES) {
      this.#shapes.clear();
      this.#byMessage.clear();
    }
    const grown = before === undefined || !hasSame(parts, before.parts);
    const shape = grown
      ? new LineShape({ parts, plain: this.#plain, texts: this.#texts, read: (one) => this.#partsOf(one) })
      : before;
    this.#shapes.set(name, shape);
    const others = (this.#byMessage.get(message) ?? []).filter((one) => one !== before);
    this.#byMessage.set(message, [shape, ...others].slice(0, MAX_SHAPES_OF_MESSAGE));
    this.#last = shape;
  }
}

/** Only what it is looked up by: a wrong one costs time. */
function messageOf(line: string): string {
  const at = line.indexOf(MESSAGE, MESSAGE_FROM);
  if (at < 0) return '';
  const from = at + MESSAGE.length;
  return line.slice(from, Math.min(line.indexOf('"', from), from + MAX_MESSAGE_CHARS));
}

/** Keys and kinds of a form. */
function nameOf(parts: readonly Part[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.kind)).join(' ');
}

/** What has had to be searched once is searched from now on. */
function seeAll(parts: readonly Part[], before: readonly Part[]): void {
  for (const [index, part] of parts.entries()) {
    if (isLeaf(part) && (before[index] as Leaf).searched) part.searched = true;
  }
}

function hasSame(parts: readonly Part[], before: readonly Part[]): boolean {
  return parts.every((part, index) => !isLeaf(part) || part.searched === (before[index] as Leaf).searched);
}
