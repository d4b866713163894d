import { conceal, MASK, type Pseudonymize } from './action';
import { findAssignments } from './assignments';
import { decodedText } from './decoded-text';
import { type Detector, type Span } from './detector';
import { type Place } from './key-matcher';
import { type PlainLimits, plainText } from './plain-text';
import { type RedactionCounts } from './redaction-report';
import { type Rule } from './rule';
import { Shape, shapeOf } from './text-shape';

/** A detector and what is done with what it finds. */
export interface ValueRule extends Rule {
  readonly detector: Detector;
}

export interface TextRedactorParts {
  readonly rules: readonly ValueRule[];
  /** Whether a rule for keys may name what stands before `=` or `:` in a text. */
  readonly assignments: boolean;
  /** Where the rules for keys begin. */
  readonly root: () => Place;
  readonly pseudonymize: Pseudonymize | undefined;
  readonly counts: RedactionCounts;
}

interface RuledSpan extends Span {
  readonly rule: Rule;
}

/** `%25XX` is percent-encoding encoded again, `&amp;quot;` a reference; nobody means more than this. */
const MAX_DECODINGS = 3;
const ENCODED = Shape.percent | Shape.backslash | Shape.amp;
const ANY_SHAPE = -1;

/** The shortest assignment: a name of three letters, the sign, a character. */
const MIN_ASSIGNMENT = 5;

/** Takes out of a text what the detectors find in it, and what stands behind the name of a secret. */
export class TextRedactor {
  readonly #parts: TextRedactorParts;
  /** Bits of {@link Shape} that a text must have, and its length: one pair for each detector. */
  readonly #needs: readonly (readonly [shape: number, minLength: number])[];
  /** Shorter texts are left alone. */
  readonly minLength: number;
  /** The source of a regular expression for texts in JSON that are left alone; undefined when there are none. */
  readonly plain: string | undefined;
  /** What such texts must be. */
  readonly limits: readonly PlainLimits[];
  /** How many values have been hidden by their key. */
  hiddenByKey = 0;
  /** Shorter numbers are left alone. */
  readonly minDigits: number;
  /** Arrays of so many texts at most are left alone, but for what is in each of them. */
  readonly maxListTexts: number;
  readonly #ofLists: readonly ValueRule[];

  constructor(parts: TextRedactorParts) {
    this.#parts = parts;
    const detectors = parts.rules.map(({ detector }) => detector);
    const all = detectors.map(({ needs, minLength }) => [needs === 0 ? ANY_SHAPE : needs, minLength] as const);
    if (parts.assignments) all.push([Shape.assign | Shape.bracket, MIN_ASSIGNMENT]);
    this.minLength = all.reduce((least, [, minLength]) => Math.min(least, minLength), Infinity);
    const ofDigits = detectors.filter(({ needs }) => needs === 0 || (needs & Shape.digits12) !== 0);
    this.minDigits = ofDigits.reduce((least, { minLength }) => Math.min(least, minLength), Infinity);
    this.#ofLists = parts.rules.filter(({ detector }) => detector.inLists === true);
    this.maxListTexts = this.#ofLists.reduce(
      (least, { detector }) => Math.min(least, detector.plain.maxGaps ?? 0),
      Infinity,
    );
    this.limits = detectors.map(({ plain }) => plain);
    this.plain = plainText(this.limits);
    // What is encoded may hold anything.
    all.push([ENCODED, this.minLength]);
    this.#needs = all;
  }

  /** Whether a text of this shape and length is to be looked at. */
  concerns(shape: number, length: number): boolean {
    const needs = this.#needs;
    for (let i = 0; i < needs.length; i++) {
      const [bits, minLength] = needs[i] as readonly [number, number];
      if (length >= minLength && (shape & bits) !== 0) return true;
    }
    return false;
  }

  /** @returns the same text when there is nothing to hide in it */
  redact(text: string, shape = shapeOf(text, 0, text.length)): string {
    if (!this.concerns(shape, text.length)) return text;
    const spans = this.#find(text, shape);
    if ((shape & Shape.plus) !== 0) spans.push(...this.#find(withBlanks(text)));
    if ((shape & ENCODED) !== 0) this.#findDecoded(text, spans);
    return spans.length === 0 ? text : this.#replace(text, spans);
  }

  /** What hides a list as a whole, because a secret stands in several of its elements. @param list - its JSON text */
  listRule(list: string): Rule | undefined {
    return this.#ofLists.find(({ detector }) => {
      if (list.length < detector.minLength || list.includes('{')) return false;
      for (const { start, end } of detector.find(list)) if (list.slice(start, end).includes('"')) return true;
      return false;
    });
  }

  #find(text: string, shape = shapeOf(text, 0, text.length)): RuledSpan[] {
    const spans: RuledSpan[] = [];
    for (const rule of this.#parts.rules) {
      const { detector } = rule;
      if (text.length < detector.minLength || (detector.needs !== 0 && (shape & detector.needs) === 0)) continue;
      for (const { start, end } of detector.find(text)) spans.push({ start, end, rule });
    }
    if (this.#parts.assignments && (shape & Shape.assign) !== 0)
      spans.push(...findAssignments(text, this.#parts.root()));
    return spans;
  }

  /** The same in what the text reads with its escapes undone. */
  #findDecoded(text: string, spans: RuledSpan[]): void {
    let origins: Uint32Array | undefined;
    let current = text;
    for (let round = 0; round < MAX_DECODINGS; round++) {
      const decoded = decodedText(current);
      if (decoded === undefined) return;
      const outer = origins;
      origins = outer === undefined ? decoded.origins : decoded.origins.map((at) => outer[at] as number);
      current = decoded.text;
      const found = current.includes('+') ? this.#find(withBlanks(current)) : [];
      for (const { start, end, rule } of [...found, ...this.#find(current)]) {
        spans.push({ start: origins[start] as number, end: origins[end] as number, rule });
      }
    }
  }

  #replace(text: string, spans: RuledSpan[]): string {
    spans.sort((a, b) => a.start - b.start || b.end - a.end);
    let out = '';
    let at = 0;
    for (const { start, end, rule } of merged(spans)) {
      const secret = text.slice(start, end);
      this.#parts.counts.add(rule.name);
      out += text.slice(at, start) + (conceal(secret, rule.name, rule.action, this.#parts.pseudonymize) ?? '');
      at = end;
    }
    return out + text.slice(at);
  }

  /** The text that stands for a value hidden by its key; undefined to take it out. */
  hide(value: unknown, rule: Rule): string | undefined {
    const { counts, pseudonymize } = this.#parts;
    counts.add(rule.name);
    this.hiddenByKey += 1;
    if (rule.action === 'mask') return MASK;
    if (typeof value === 'string' || typeof value === 'number') {
      return conceal(String(value), rule.name, rule.action, pseudonymize);
    }
    return typeof rule.action === 'object'
      ? MASK
      : conceal(JSON.stringify(value), rule.name, rule.action, pseudonymize);
  }
}

/** What forms are sent as has `+` for a blank (WHATWG URL, application/x-www-form-urlencoded). */
function withBlanks(text: string): string {
  return text.replaceAll('+', ' ');
}

/** Spans that overlap are one, hidden by the rule of the first. */
function* merged(spans: readonly RuledSpan[]): Iterable<RuledSpan> {
  let current: RuledSpan | undefined;
  for (const span of spans) {
    if (current !== undefined && span.start < current.end) {
      if (span.end > current.end) current = { ...current, end: span.end };
      continue;
    }
    if (current !== undefined) yield current;
    current = span;
  }
  if (current !== undefined) yield current;
}
