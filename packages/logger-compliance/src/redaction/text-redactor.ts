import { conceal, MASK, type Pseudonymize } from './action';
import { findAssignments } from './assignments';
import { type Detector, type Span } from './detector';
import { type Place } from './key-matcher';
import { percentDecoded } from './percent-decoded';
import { type RedactionCounts } from './redaction-report';
import { type Rule } from './rule';
import { Shape, shapeOf } from './text-shape';

/** A detector and what is done with what it finds. */
export interface ValueRule extends Rule {
  readonly detector: Detector;
}

export interface TextRedactorParts {
  readonly rules: readonly ValueRule[];
  /** Where the rules for keys begin. */
  readonly root: () => Place;
  readonly pseudonymize: Pseudonymize | undefined;
  readonly counts: RedactionCounts;
}

interface RuledSpan extends Span {
  readonly rule: Rule;
}

/** `%25XX` is percent-encoding encoded again; nobody means more than this. */
const MAX_DECODINGS = 3;

/** Takes out of a text what the detectors find in it, and what stands behind the name of a secret. */
export class TextRedactor {
  /** Shorter texts are left alone. */
  readonly minLength: number;
  /** Bits of {@link Shape}, any of which a text must have; undefined when every text is searched. */
  readonly #needs: number | undefined;
  readonly #parts: TextRedactorParts;

  constructor(parts: TextRedactorParts) {
    this.#parts = parts;
    const detectors = parts.rules.map(({ detector }) => detector);
    // The shortest assignment: a name of three letters, the sign, a character.
    this.minLength = Math.min(5, ...detectors.map(({ minLength }) => minLength));
    const always = detectors.some(({ needs }) => needs === 0);
    const fixed = Shape.assign | Shape.percent | Shape.bracket | Shape.backslash;
    this.#needs = always ? undefined : detectors.reduce((bits, { needs }) => bits | needs, fixed);
  }

  /** Whether a text of this shape and length is to be looked at. */
  concerns(shape: number, length: number): boolean {
    return length >= this.minLength && (this.#needs === undefined || (shape & this.#needs) !== 0);
  }

  /** @returns the same text when there is nothing to hide in it */
  redact(text: string): string {
    if (text.length < this.minLength) return text;
    const spans = this.#find(text);
    if ((shapeOf(text, 0, text.length) & Shape.percent) !== 0) this.#findDecoded(text, spans);
    return spans.length === 0 ? text : this.#replace(text, spans);
  }

  #find(text: string): RuledSpan[] {
    const shape = shapeOf(text, 0, text.length);
    const spans: RuledSpan[] = [];
    for (const rule of this.#parts.rules) {
      const { detector } = rule;
      if (text.length < detector.minLength || (detector.needs !== 0 && (shape & detector.needs) === 0)) continue;
      for (const { start, end } of detector.find(text)) spans.push({ start, end, rule });
    }
    if ((shape & Shape.assign) !== 0) spans.push(...findAssignments(text, this.#parts.root()));
    return spans;
  }

  /** The same in what the text reads with its percent-encoding undone. */
  #findDecoded(text: string, spans: RuledSpan[]): void {
    let origins: Uint32Array | undefined;
    let current = text;
    for (let round = 0; round < MAX_DECODINGS; round++) {
      const decoded = percentDecoded(current);
      if (decoded === undefined) return;
      const outer = origins;
      origins = outer === undefined ? decoded.origins : decoded.origins.map((at) => outer[at] as number);
      current = decoded.text;
      for (const { start, end, rule } of this.#find(current)) {
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

  /** The JSON text that stands for a value hidden by its key; undefined to take it out. */
  hide(value: unknown, rule: Rule): string | undefined {
    const { counts, pseudonymize } = this.#parts;
    counts.add(rule.name);
    const plain = typeof value === 'string' || typeof value === 'number';
    const partly = typeof rule.action === 'object' && !plain;
    const text = plain ? String(value) : JSON.stringify(value);
    return partly ? MASK : conceal(text, rule.name, rule.action, pseudonymize);
  }
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
