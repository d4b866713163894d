import { type Segment, withoutNumber } from './key-path';
import { normalizeKey } from './normalize-key';
import { type Rule } from './rule';

/** A rule and the way to what it hides. */
export interface PathRule extends Rule {
  readonly path: readonly Segment[];
}

/** Where one rule's path stands: so many of its segments have been passed. */
interface Position {
  readonly rule: PathRule;
  readonly at: number;
}

/** What a key leads to, and how it is written: a key may itself hold a secret. */
export interface Step {
  readonly place: Place;
  /** Undefined when it can be shown as it is. */
  readonly shown: string | undefined;
}

/** A key that stood at this position in the object before. */
export interface ExpectedKey {
  /** `"key":` as it stands in the text. */
  readonly token: string;
  readonly key: string;
  /** Undefined for a member that is never touched. */
  readonly step: Step | undefined;
  /** Whether nothing that it leads to or stands behind it is ever touched. */
  readonly last: boolean;
}

/** Programs use few keys; an attacker's thousands must not become our memory. */
const MAX_CACHED_STEPS = 4096;

/**
 * Says for each place in a record which rule hides it. All paths are followed at once: a place is the set of
 * positions that they have reached there, and the step from a place by a key is worked out once and remembered.
 */
export class KeyMatcher {
  readonly root: Place;
  readonly #showKey: (key: string) => string;
  readonly #places = new Map<string, Place>();
  readonly #ids = new Map<PathRule, number>();
  #steps = 0;

  /** @param showKey - a key without the secrets in it */
  constructor(rules: readonly PathRule[], showKey: (key: string) => string) {
    this.#showKey = showKey;
    rules.forEach((rule, index) => this.#ids.set(rule, index));
    this.root = this.place(rules.map((rule) => ({ rule, at: 0 })));
  }

  place(reached: readonly Position[]): Place {
    const positions = withSkips(reached);
    const name = positions.map(({ rule, at }) => `${this.#ids.get(rule) ?? 0}:${at}`).join(' ');
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = new Place(this, positions);
    if (this.#places.size < MAX_CACHED_STEPS) this.#places.set(name, place);
    return place;
  }

  /** The key without the secrets in it; undefined when there are none. */
  shown(key: string): string | undefined {
    const shown = this.#showKey(key);
    return shown === key ? undefined : shown;
  }

  /** Changes when so many steps have been remembered that all of them are to be forgotten. */
  get generation(): number {
    return Math.floor(this.#steps / MAX_CACHED_STEPS);
  }

  remembered(): void {
    this.#steps += 1;
  }
}

/** A place in a record, as the paths see it. */
export class Place {
  /** What hides the value at this place: the first rule given wins. */
  readonly rule: Rule | undefined;
  /** Whether a path names an element of an array at this place by its number. */
  readonly namesElements: boolean;
  readonly #matcher: KeyMatcher;
  readonly #positions: readonly Position[];
  readonly #next = new Map<string, Step>();
  /** Where a key leads that no rule names. */
  #rest: Place | undefined;
  #element: Place | undefined;
  #generation = 0;
  /** Keys by position: most records of a program look like others. */
  readonly expected: ExpectedKey[] = [];
  /** The same for a record's own members. */
  readonly expectedOnTop: ExpectedKey[] = [];

  constructor(matcher: KeyMatcher, positions: readonly Position[]) {
    this.#matcher = matcher;
    this.#positions = positions;
    this.rule = positions.find(({ rule, at }) => at === rule.path.length)?.rule;
    this.namesElements = positions.some(({ rule, at }) => isIndex(rule.path[at]));
  }

  /** The place that a key leads to. */
  step(key: string): Step {
    return this.#next.get(key) ?? this.#learn(key);
  }

  /** The place of an array's element. */
  element(index: number): Place {
    return this.namesElements ? this.step(String(index)).place : (this.#element ??= this.#learn('[]').place);
  }

  #learn(key: string): Step {
    if (this.#generation !== this.#matcher.generation) {
      this.#generation = this.#matcher.generation;
      this.#next.clear();
    }
    const step = { place: this.#lead(normalizeKey(key), key), shown: this.#matcher.shown(key) };
    this.#next.set(key, step);
    this.#matcher.remembered();
    return step;
  }

  #lead(name: string, key: string): Place {
    const reached: Position[] = [];
    let passed = false;
    for (const { rule, at } of this.#positions) {
      const segment = rule.path[at];
      if (segment === undefined) continue;
      if (segment.kind === 'deep') reached.push({ rule, at });
      else if (matches(segment, name, key)) {
        reached.push({ rule, at: at + 1 });
        passed = true;
      }
    }
    return passed ? this.#matcher.place(reached) : (this.#rest ??= this.#matcher.place(reached));
  }
}

/** `**` may stand for no key at all. */
function withSkips(reached: readonly Position[]): Position[] {
  const positions: Position[] = [];
  for (const position of reached) {
    let { at } = position;
    const { rule } = position;
    for (;;) {
      const next = { rule, at };
      if (!positions.some((one) => one.rule === rule && one.at === at)) positions.push(next);
      if (rule.path[at]?.kind !== 'deep') break;
      at += 1;
    }
  }
  // In the order of the rules: the first one wins.
  return positions;
}

function isIndex(segment: Segment | undefined): boolean {
  return segment?.kind === 'key' && /^\d+$/.test(segment.name);
}

function matches(segment: Exclude<Segment, { kind: 'deep' }>, name: string, key: string): boolean {
  if (segment.kind === 'any') return true;
  if (segment.kind === 'pattern') return segment.test(name, key);
  return segment.name === name || (segment.numbered === true && segment.name === withoutNumber(name));
}
