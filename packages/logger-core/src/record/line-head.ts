import { type Clock } from '../clock';
import { LEVELS } from '../level';
import { toTimestamp } from './timestamp';

const START = '{"timestamp":"';
const BETWEEN = '","simulatedTime":"';

/** The beginning of a line, ready to be copied: `{"timestamp":"…","level":"…","logger":"…","message":`. */
export class LineHead {
  readonly #simulated: boolean;
  readonly #rest: string;
  #bytes: Buffer | undefined;
  #timeMs = Number.NaN;

  /** @param logger - name of the logger, as JSON */
  constructor(rank: number, logger: string, simulated: boolean) {
    this.#simulated = simulated;
    this.#rest = `","level":"${LEVELS[rank] ?? 'info'}","logger":${logger},"message":`;
  }

  /** The bytes for a record of this time; good until the next call. */
  at(timeMs: number, clock: Clock): Buffer {
    let bytes = this.#bytes;
    if (this.#simulated) bytes = this.#build(toTimestamp(timeMs) + BETWEEN + toTimestamp(clock.now()));
    else if (bytes === undefined) bytes = this.#build(toTimestamp(timeMs));
    else if (timeMs !== this.#timeMs) overwrite(bytes, toTimestamp(timeMs));
    this.#timeMs = timeMs;
    this.#bytes = bytes;
    return bytes;
  }

  #build(times: string): Buffer {
    return Buffer.from(START + times + this.#rest);
  }
}

/** Every timestamp has the same length up to the year 9999, which a system's clock does not pass. */
function overwrite(bytes: Buffer, time: string): void {
  for (let i = 0; i < time.length; i++) bytes[START.length + i] = time.charCodeAt(i);
}
