import { type LineBytes } from '@metaexpert/logger-core';
import { hiddenJson } from './hidden-json';
import { JsonRedactor } from './json-redactor';
import { type Hidden, isCaptured, type Leaf, type Part } from './line-part';
import { lineRegexp, partSource } from './part-source';
import { type PlainSources } from './plain-sources';
import { type TextRedactor } from './text-redactor';
import { UsualLine } from './usual-line';

export interface LineShapeParts {
  readonly parts: readonly Part[];
  readonly plain: PlainSources;
  readonly texts: TextRedactor;
  /** Reads a line's parts. */
  readonly read: (line: string) => readonly Part[] | undefined;
}

/**
 * The form that the lines of one call site have, as one regular expression for all of a line: it matches when the line has this
 * form and everything in it that no rule names is plain text. Then only what it captures is looked at.
 */
export class LineShape {
  readonly parts: readonly Part[];
  readonly #regexp: RegExp;
  readonly #usual: UsualLine;
  readonly #captured: readonly (Leaf | Hidden)[];
  /** By capture: what has been searched last and held no secret. */
  readonly #clean: string[] = [];
  readonly #texts: TextRedactor;
  readonly #read: LineShapeParts['read'];

  constructor({ parts, plain, texts, read }: LineShapeParts) {
    this.parts = parts;
    this.#texts = texts;
    this.#read = read;
    this.#captured = parts.filter(isCaptured);
    this.#regexp = lineRegexp(parts, (part) => partSource(part, plain));
    this.#usual = new UsualLine(parts, plain);
  }

  /** @returns the same line when there is nothing to hide in it, undefined when it has another form */
  redact(line: string): string | undefined {
    const { regexp } = this.#usual;
    const usual = regexp === undefined ? undefined : this.#match(regexp, line);
    return usual ?? this.#unusual(line);
  }

  /** Whether a line is sure to have this form and nothing in it to hide, told from its bytes. */
  keeps(line: LineBytes): boolean {
    return this.#usual.bytes?.match(line) === true;
  }

  #unusual(line: string): string | undefined {
    const out = this.#match(this.#regexp, line);
    if (out !== undefined && this.#usual.isDue()) {
      const parts = this.#read(line);
      if (parts !== undefined) this.#usual.look(parts);
    }
    return out;
  }

  #match(regexp: RegExp, line: string): string | undefined {
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
