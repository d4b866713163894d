import { type ByteRun, knownRun } from './byte-run';
import { type Part } from './line-part';
import { lineRegexp, partSource } from './part-source';
import { type PlainSources } from './plain-sources';
import { UsualBytes } from './usual-bytes';
import { UsualValue } from './usual-value';

/** Two lines of one millisecond say little of what comes. */
const MIN_LOOKS = 3;

/**
 * What lines of one form usually look like: narrower than the form, and matched in half the time. A line that is not usual
 * costs little more than it would without this.
 */
export class UsualLine {
  readonly #parts: readonly Part[];
  #values: readonly UsualValue[] | undefined;
  readonly #plain: PlainSources;
  #unusual = 0;
  #looks = 0;
  /** Undefined until enough lines have been looked at. Captures what the form's own captures. */
  regexp: RegExp | undefined;
  /** The same for its bytes; undefined as well when something in each line has to be looked at. */
  bytes: UsualBytes | undefined;

  constructor(parts: readonly Part[], plain: PlainSources) {
    this.#parts = parts;
    this.#plain = plain;
  }

  /** Counts one more line of the form that is not usual. @returns whether to look at it: at the first, second, fourth, eighth … */
  isDue(): boolean {
    this.#unusual += 1;
    return (this.#unusual & (this.#unusual - 1)) === 0;
  }

  /** Looks at what such a line consists of. */
  look(parts: readonly Part[]): void {
    if (parts.length !== this.#parts.length) return;
    const values = (this.#values ??= this.#parts.map((part) => new UsualValue(part, this.#plain)));
    for (const [index, part] of parts.entries()) values[index]?.see(part);
    this.#looks += 1;
    if (this.#looks < MIN_LOOKS) return;
    this.bytes = this.#bytesOf(values);
    this.regexp = lineRegexp(this.#parts, (part, at) => values[at]?.source ?? partSource(part, this.#plain));
  }

  #bytesOf(values: readonly UsualValue[]): UsualBytes | undefined {
    const runs = this.#parts.map((part, at) => values[at]?.run ?? this.#runOf(part));
    return runs.every((run) => run !== undefined) ? new UsualBytes(runs) : undefined;
  }

  #runOf(part: Part): ByteRun | undefined {
    if (typeof part === 'string') return knownRun(part);
    return part.kind === 'number' && !part.searched ? this.#plain.numberRun : undefined;
  }
}
