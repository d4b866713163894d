import { type ResolvedConfig } from '../config/resolve';
import { LEVEL_RANKS, type Level } from '../level';

/** What a logger asks before anything else: is a record of this rank wanted at all? Shared by all loggers of one name. */
export interface LevelGate {
  /** Rank of the level that the logger's name has. */
  levelRank: number;
  /** Records up to this rank are made: `levelRank`, or further when a destination has a wider level of its own. */
  rank: number;
}

/** The root's name and level, and the levels that loggers have by their names; a resolved configuration has the six names. */
type NamedLevels = ResolvedConfig['options'];

/** Levels by logger name: the longest dotted prefix wins, the root's level is for all others. */
export class LevelGates {
  #rootName: string;
  #root: Level;
  readonly #levels: Map<string, Level>;
  readonly #rootGate: LevelGate = { levelRank: 0, rank: 0 };
  readonly #gates = new Map<string, LevelGate>();
  #widestRank = -1;
  #silent = false;

  constructor({ name, level, levels = {} }: NamedLevels) {
    this.#rootName = name;
    this.#root = level as Level;
    this.#levels = new Map(Object.entries(levels) as [string, Level][]);
    this.#updateAll();
  }

  /** @param name - of a logger that was given one; the others go by the root's, also when that changes */
  gate(name: string | undefined): LevelGate {
    if (name === undefined) return this.#rootGate;
    let gate = this.#gates.get(name);
    if (gate === undefined) {
      gate = { levelRank: 0, rank: 0 };
      this.#gates.set(name, gate);
      this.#update(name, gate);
    }
    return gate;
  }

  level(name: string): Level {
    return this.#own(name) ?? this.#root;
  }

  /** @param name - a logger's name; without one, the root's level, for every name that has none of its own */
  set(level: Level, name: string | undefined): void {
    if (name === undefined) this.#root = level;
    else this.#levels.set(name, level);
    this.#updateAll();
  }

  replace({ name: rootName, level: root, levels = {} }: NamedLevels): void {
    this.#rootName = rootName;
    this.#root = root as Level;
    this.#levels.clear();
    for (const [name, level] of Object.entries(levels)) this.#levels.set(name, level as Level);
    this.#updateAll();
  }

  /** The most verbose rank that a destination asks for by itself. */
  set widestRank(rank: number) {
    this.#widestRank = rank;
    this.#updateAll();
  }

  get silent(): boolean {
    return this.#silent;
  }

  set silent(silent: boolean) {
    this.#silent = silent;
    this.#updateAll();
  }

  #updateAll(): void {
    this.#update(this.#rootName, this.#rootGate);
    for (const [name, gate] of this.#gates) this.#update(name, gate);
  }

  #update(name: string, gate: LevelGate): void {
    const own = this.#own(name);
    gate.levelRank = LEVEL_RANKS[own ?? this.#root];
    // A level set for a name is meant for that name: there a destination's own level only narrows.
    gate.rank = own === undefined ? Math.max(gate.levelRank, this.#widestRank) : gate.levelRank;
    if (this.#silent) gate.rank = -1;
  }

  #own(name: string): Level | undefined {
    for (let prefix = name; prefix !== ''; prefix = prefix.slice(0, Math.max(0, prefix.lastIndexOf('.')))) {
      const level = this.#levels.get(prefix);
      if (level !== undefined) return level;
    }
    return undefined;
  }
}
