import { type LookupAddress, type LookupAllOptions } from 'node:dns';

type Answer = readonly LookupAddress[];
type LookUpAll = (hostname: string, options: LookupAllOptions) => Promise<Answer>;

export interface LookUpGateOptions {
  readonly lookUp: LookUpAll;
  readonly atOnce: number;
  readonly keepMs: number;
  /** Monotonic, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Lets few name look-ups run at a time. `getaddrinfo` blocks a thread of libuv's pool, which the application's file and
 * DNS calls share, for as long as a name server says nothing; nobody can call it back. Who asks for a name that is being
 * looked up waits for the same answer; and an answer that came when its asker had given up is there for the next one.
 */
export class LookUpGate {
  readonly #lookUp: LookUpAll;
  readonly #atOnce: number;
  readonly #keepMs: number;
  readonly #now: () => number;
  readonly #kept = new Map<string, { readonly answer: Answer; readonly untilMs: number }>();
  readonly #running = new Map<string, Promise<Answer>>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param keepMs - an answer is good for so long */
  constructor({ lookUp, atOnce, keepMs, now = () => performance.now() }: LookUpGateOptions) {
    this.#lookUp = lookUp;
    this.#atOnce = atOnce;
    this.#keepMs = keepMs;
    this.#now = now;
    this.#free = atOnce;
  }

  /** Look-ups that are under way: no more than were allowed. */
  get busy(): number {
    return this.#atOnce - this.#free;
  }

  async addresses(hostname: string, options: LookupAllOptions): Promise<Answer> {
    const key = JSON.stringify([hostname, options.family, options.hints]);
    const kept = this.#kept.get(key);
    if (kept !== undefined && this.#now() < kept.untilMs) return kept.answer;
    this.#kept.delete(key);
    const running = this.#running.get(key) ?? this.#inTurn(hostname, options).finally(() => this.#running.delete(key));
    this.#running.set(key, running);
    const answer = await running;
    this.#kept.set(key, { answer, untilMs: this.#now() + this.#keepMs });
    return answer;
  }

  async #inTurn(hostname: string, options: LookupAllOptions): Promise<Answer> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await this.#lookUp(hostname, options);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
