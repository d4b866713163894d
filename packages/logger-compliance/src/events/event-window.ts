/** What happened within the last so many milliseconds, by key; a key's entries go when they are too old. */
export class EventWindow<T> {
  readonly #windowMs: number;
  readonly #maxEntries: number;
  readonly #entries = new Map<string, { readonly time: number; readonly value: T }[]>();

  /** @param maxEntries - by key; the oldest go first, so that a storm takes no more memory than this */
  constructor(windowMs: number, maxEntries = 10_000) {
    this.#windowMs = windowMs;
    this.#maxEntries = maxEntries;
  }

  /** Adds an entry and gives all that are in the window, the oldest first. */
  add(key: string, time: number, value: T): readonly T[] {
    const known = this.#entries.get(key) ?? [];
    const from = known.findIndex((entry) => time - entry.time < this.#windowMs);
    const entries = from < 0 ? [] : from === 0 ? known : known.slice(from);
    entries.push({ time, value });
    if (entries.length > this.#maxEntries) entries.shift();
    this.#entries.set(key, entries);
    return entries.map((entry) => entry.value);
  }
}
