/** Programs use few names; an attacker's thousands must not become our memory. */
const MAX_CACHED_NAMES = 4096;

/** What a flat format says of names. */
export interface NameRules {
  /** The format's own names; a user's field of such a name becomes `fields.<name>`. */
  readonly reserved: ReadonlySet<string>;
  /** Whether the format can write this name. */
  accepts(name: string): boolean;
}

/**
 * The names of fields in a flat format. A path that begins like one of the record's own (`error.`, `fields.`) is moved
 * aside as well, so no user's field can pose as one of them.
 */
export class FlatNames {
  readonly #rules: NameRules;
  readonly #known = new Map<string, string | undefined>();

  constructor(rules: NameRules) {
    this.#rules = rules;
  }

  /** The name of a user's field, or undefined when the format has none for it. */
  of(path: string): string | undefined {
    const known = this.#known.get(path);
    return known !== undefined || this.#known.has(path) ? known : this.#learn(path);
  }

  /** The name as it is, when the format can write it: for what is the record's own. */
  own(path: string): string | undefined {
    return this.#rules.accepts(path) ? path : undefined;
  }

  #learn(path: string): string | undefined {
    const { reserved } = this.#rules;
    const aside = reserved.has(path) || path === 'fields' || path.startsWith('fields.') || path.startsWith('error.');
    const name = this.own(aside ? `fields.${path}` : path);
    if (this.#known.size < MAX_CACHED_NAMES) this.#known.set(path, name);
    return name;
  }
}
