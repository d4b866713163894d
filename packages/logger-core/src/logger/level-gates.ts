import { LEVEL_RANKS, type Level } from '../level';

/** What a logger asks before anything else: is a record of this rank wanted at all? Shared by all loggers of one name. */
export interface LevelGate {
  /** Rank of the level that the logger's name has. */
  levelRank: number;
  /** Records up to this rank are made: `levelRank`, or further when a destination has a wider level of its own. */
  rank: number;
}

/** Levels by logger name: the longest dotted prefix wins, the root's level is for all others. */
export class LevelGates {
  #root: Level;
  readonly #levels: Map<string, Level>;
  readonly #gates = new Map<string, LevelGate>();
  #widestRank = -1;
  #silent = false;

  constructor(root: Level, levels: Readonly<Record<string, Level>>) {
    this.#root = root;
    this.#levels = new Map(Object.entries(levels));
  }

  gate(name: string): LevelGate {
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

  replace(root: Level, levels: Readonly<Record<string, Level>>): void {
    this.#root = root;
    this.#levels.clear();
    for (const [name, level] of Object.entries(levels)) this.#levels.set(name, level);
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
