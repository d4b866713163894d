import { type ByteRun, knownRun, quotedRun } from './byte-run';
import { escapePattern } from './escape-pattern';
import { type Part, sampleOf } from './line-part';
import { type PlainSources } from './plain-sources';

/** Longer texts are rarely the same in each line. */
const MAX_CHARS = 64;
const UNESCAPED = '[^"\\\\]';

/** What values may have in common. */
interface Likeness {
  /** Of a regular expression that matches no others; nothing that it matches needs a search. */
  readonly source: string;
  readonly run: ByteRun;
  /** @param json - of a value that the form allows */
  readonly holds: (json: string) => boolean;
}

/** What has been seen at one place in the lines of a form: what was so in all of them will be so in the next. */
export class UsualValue {
  #likenesses: readonly Likeness[];

  /** @param part - as it was in the first line that was seen */
  constructor(part: Part, plain: PlainSources) {
    this.#likenesses = likenesses(part, plain);
    this.see(part);
  }

  see(part: Part): void {
    const json = sampleOf(part) ?? '';
    this.#likenesses = this.#likenesses.filter(({ holds }) => holds(json));
  }

  /** The source of the fastest regular expression for all of them; undefined when they have in common what the form says. */
  get source(): string | undefined {
    return this.#likenesses[0]?.source;
  }

  /** The same as bytes. */
  get run(): ByteRun | undefined {
    return this.#likenesses[0]?.run;
  }
}

/** The fastest first. */
function likenesses(part: Part, { short, hex }: PlainSources): Likeness[] {
  const first = sampleOf(part);
  if (first === undefined || first.length > MAX_CHARS || typeof part === 'string') return [];
  const same = { source: escapePattern(first), run: knownRun(first), holds: (json: string) => json === first };
  if (part.kind === 'text') return [same, ...(short === undefined ? [] : [short]), ...hexLikenesses(first, hex)];
  return part.kind === 'untouched' && first.startsWith('"') ? [same, sameLength(first)] : [same];
}

/** Ids of one process are alike up to their number: `01a2028356ab833019990f6d-17`. */
function hexLikenesses(first: string, hex: PlainSources['hex']): Likeness[] {
  if (hex === undefined) return [];
  const before = first.slice(0, first.lastIndexOf('-') + 1);
  const alike = {
    ...hex.behind(before.slice(1)),
    holds: (json: string) => hex.holds(json) && json.startsWith(before),
  };
  return before === '' ? [hex] : [alike, hex];
}

/** Times are of one length. */
function sameLength(first: string): Likeness {
  const length = first.length - 2;
  return {
    source: `"${UNESCAPED.repeat(length)}"`,
    run: quotedRun(UNESCAPED, length, { least: length }),
    holds: (json) => json.length === first.length && json.startsWith('"'),
  };
}
