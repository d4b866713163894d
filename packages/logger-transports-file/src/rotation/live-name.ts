import { basename, dirname, join } from 'node:path';
import { loadMoment } from './load-moment';
import { ZoneOffset } from './zone-offset';

/**
 * How far a clock may go back before a name follows it: the repeated hour of a DST change and a corrected clock do
 * not reopen the file of an hour ago, whose records would then lie behind those of the next. One that was wrong by
 * days is followed.
 */
const HOLD_MS = 3 * 3_600_000;

const MINUTE_MS = 60_000;

export interface LiveNameSettings {
  /** With `%DATE%` where the date stands. */
  readonly path: string;
  readonly datePattern: string | undefined;
  readonly timeZone: string | undefined;
}

/** The name of the live file at an instant. */
export class LiveName {
  readonly #settings: LiveNameSettings;
  readonly #offset: ZoneOffset;
  /** The furthest that the zone's clocks have been, as if they showed UTC. */
  #furthestMs = -Infinity;
  #atMs = Number.NaN;
  #name: string;

  constructor(settings: LiveNameSettings) {
    this.#settings = settings;
    this.#offset = new ZoneOffset(settings.timeZone);
    this.#name = settings.path;
  }

  /** The path at that time, or the one before when the clocks have gone back a little since. */
  at(nowMs: number): string {
    const { path, datePattern } = this.#settings;
    if (datePattern === undefined || nowMs === this.#atMs) return this.#name;
    this.#atMs = nowMs;
    const offset = this.#offset.at(nowMs);
    const wallMs = nowMs + offset * MINUTE_MS;
    if (wallMs < this.#furthestMs && this.#furthestMs - wallMs <= HOLD_MS) return this.#name;
    this.#furthestMs = wallMs;
    const date = loadMoment()(nowMs).utcOffset(offset).format(datePattern);
    const name = basename(path).split('%DATE%').join(date);
    return (this.#name = join(dirname(path), name));
  }
}
