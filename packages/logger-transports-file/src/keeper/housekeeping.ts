import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FileSettings } from '../options/file-settings';
import { FileFamily } from '../rotation/file-family';
import { deletePlanned } from './delete-planned';
import { QUIET_MS } from './is-quiet';
import { type Keeper } from './keeper';
import { mendFamily } from './mend-family';
import { planFamily } from './plan-family';

export interface HousekeepingParts {
  readonly settings: FileSettings;
  /** Of a lane, so that the end of the process can tell whether the keeper hangs. */
  readonly memory: () => SharedArrayBuffer;
  readonly keeper: Pick<Keeper, 'run'>;
  readonly trouble: (error: Error) => void;
}

/** How often rules are looked at that files break by lying there: age, and what others leave of the disk. */
const INTERVAL_MS = 60_000;

/**
 * Looks after the files that one destination has put aside. The quick part (looking, deleting) is done here, in the
 * writer thread; what takes long goes to the keeper thread.
 */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  #livePath: string | undefined;
  #shared = false;
  #running: Promise<void> | undefined;
  #again = false;
  #mendedFor: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
  }

  /**
   * Something has changed: another file is live, or the disk is full. Returns at once.
   *
   * @param shared - others write to the same path, so that a file put aside may not be over yet
   */
  begin(livePath: string, shared = false): void {
    if (!hasRules(this.#parts.settings)) return;
    this.#livePath = livePath;
    this.#shared = shared;
    this.#timer ??= setInterval(() => this.#start(), INTERVAL_MS).unref();
    this.#start();
  }

  /** Resolves when all is done that there was to do. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    while (this.#running !== undefined) await this.#running;
  }

  #start(): void {
    this.#again = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  async #run(): Promise<void> {
    while (this.#again) {
      // Not between two frames: files that follow each other fast are looked after together.
      await nextTurn();
      this.#again = false;
      try {
        for (const failure of await this.#keep(this.#livePath as string)) this.#parts.trouble(failure);
      } catch (thrown) {
        this.#parts.trouble(thrown as Error);
      }
    }
  }

  async #keep(livePath: string): Promise<readonly Error[]> {
    const { settings, memory, keeper } = this.#parts;
    const shared = this.#shared;
    const family = new FileFamily(settings.path, settings.datePattern);
    const plan = planFamily({ settings, family, livePath, nowMs: Date.now(), shared });
    clearTimeout(this.#soon);
    if (plan.restless) this.#soon = setTimeout(() => this.#start(), 2 * QUIET_MS).unref();
    const takesLong = plan.toCompress.length + plan.toArchive.length > 0 || plan.doubtful;
    if (takesLong) return (await keeper.run({ keep: { settings, livePath, memory: memory(), shared } })).failures;
    deletePlanned(plan, family);
    // What a crash or a date has left to mend is there from the start, or when the name changes.
    if (this.#mendedFor !== livePath) await mendFamily({ family, livePath, shared });
    this.#mendedFor = livePath;
    return [];
  }
}

/** Files rotated by date and size are numbered when their date is over, without any rule. */
function hasRules(settings: FileSettings): boolean {
  const { keepFiles, keepMs, maxTotalBytes, minFreeBytes, compress, archive, datePattern, maxBytes } = settings;
  const rules = [keepFiles, keepMs, maxTotalBytes, minFreeBytes, compress, archive];
  return rules.some((rule) => rule !== undefined) || (datePattern !== undefined && maxBytes !== undefined);
}
