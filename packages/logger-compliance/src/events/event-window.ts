interface Entries<T> {
  readonly times: number[];
  readonly values: T[];
  /** How many at the beginning are over. */
  over: number;
}

/** From so many on, what is over is taken out of the lists. */
const MANY = 64;

/** What happened within the last so many milliseconds, by key. */
export class EventWindow<T> {
  readonly #windowMs: number;
  readonly #maxEntries: number;
  readonly #byKey = new Map<string, Entries<T>>();

  /** @param maxEntries - by key; the oldest go first, so that a storm takes no more memory than this */
  constructor(windowMs: number, maxEntries = 10_000) {
    this.#windowMs = windowMs;
    this.#maxEntries = maxEntries;
  }

  add(key: string, time: number, value: T): void {
    let entries = this.#byKey.get(key);
    if (entries === undefined) this.#byKey.set(key, (entries = { times: [], values: [], over: 0 }));
    entries.times.push(time);
    entries.values.push(value);
    if (entries.times.length - entries.over > this.#maxEntries) entries.over += 1;
    this.#expire(entries, time);
  }

  /** How many are in the window. Takes no longer for many than for few. */
  count(key: string, time: number): number {
    const entries = this.#byKey.get(key);
    if (entries === undefined) return 0;
    this.#expire(entries, time);
    return entries.times.length - entries.over;
  }

  /** Those in the window, the oldest first. */
  values(key: string, time: number): readonly T[] {
    const entries = this.#byKey.get(key);
    if (entries === undefined) return [];
    this.#expire(entries, time);
    return entries.values.slice(entries.over);
  }

  #expire(entries: Entries<T>, time: number): void {
    const { times, values } = entries;
    while (entries.over < times.length && time - (times[entries.over] as number) >= this.#windowMs) entries.over += 1;
    if (entries.over < MANY || entries.over * 2 < times.length) return;
    times.splice(0, entries.over);
    values.splice(0, entries.over);
    entries.over = 0;
  }
}
