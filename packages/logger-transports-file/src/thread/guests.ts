import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import { toPlainError } from '../keeper/messages';
import { differingSettings, encryptionDigest } from '../options/differing-settings';
import { type FromHost, type LaneOffer, laneChannel, OFFERS, type ToAll, type ToHost } from './guest-messages';
import { openLane, OWNER, WORD } from './lane-memory';
import { type LaneWorker } from './lane-worker';
import { type FileUser, type OwnedFile } from './owned-file';
import { type OwnedFiles } from './owned-files';

/** How often lanes are looked at: the thread that made one may have been ended between a record and its message. */
const LOOK_MS = 250;

const IDLE_MS = 10_000;

/** How long lanes are waited for in all when loggers are closed or the process ends; whoever waits for that has a limit of its own. */
const SETTLE_MS = 5000;

export interface GuestsParts {
  /** What this thread writes into the lanes that it takes. */
  readonly number: number;
  readonly directory: string;
  readonly files: OwnedFiles;
  /** Begins to consume a lane. */
  readonly start: (shared: SharedArrayBuffer, file: () => OwnedFile, rest: () => void) => LaneWorker;
  readonly stop: (lane: LaneWorker) => Promise<void>;
  /** Told how many there are now. */
  readonly changed: (count: number) => void;
  /** How long a lane has nothing to do before it is let go. Its maker may be gone; one that is not offers it again. @default 10,000 */
  readonly idleMs?: number;
}

interface Guest extends FileUser {
  readonly path: string;
  readonly lane: LaneWorker;
  readonly channel: BroadcastChannel;
  usedMs: number;
}

/**
 * Lanes that worker threads have offered: their records take the way of those of the thread's own loggers, into the
 * same files. No event loop of the application is on that way.
 */
export class Guests {
  readonly #parts: GuestsParts;
  readonly #guests = new Set<Guest>();
  #offers: BroadcastChannel | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(parts: GuestsParts) {
    this.#parts = parts;
  }

  get any(): boolean {
    return this.#guests.size > 0;
  }

  /** Takes offers from now on. */
  invite(): void {
    if (this.#offers !== undefined) return;
    this.#offers = new BroadcastChannel(OFFERS);
    this.#offers.unref();
    this.#offers.onmessage = ({ data }: { data: unknown }) => {
      if (Object.hasOwn(data as ToAll, 'offer')) this.#consider(data as LaneOffer);
    };
  }

  /** Takes none any more. */
  refuse(): void {
    this.#offers?.close();
    this.#offers = undefined;
  }

  /** Resolves when each lane has been without a record once, or after five seconds. */
  async settle(): Promise<void> {
    const end = performance.now() + SETTLE_MS;
    let open = [...this.#guests];
    for (const { lane } of open) if (lane.waiting) lane.wake();
    while (open.length > 0 && performance.now() < end) {
      await nextTurn();
      open = open.filter(({ lane }) => !lane.idle);
    }
  }

  #consider({ offer, shared, settings, encryption }: LaneOffer): void {
    const { number, directory, files } = this.#parts;
    if (dirname(settings.path) !== directory) return;
    const owned = files.at(settings.path);
    const { words } = openLane(shared);
    if (encryptionDigest(owned?.settings.encryption) !== encryption) {
      // The key is not sent, and a path that nobody here writes is not kept from other processes.
      if (owned !== undefined) Atomics.compareExchange(words, WORD.owner, OWNER.nobody, OWNER.refused);
      return;
    }
    // Before the lane is taken, because what is said to an empty channel is lost.
    const channel = new BroadcastChannel(laneChannel(offer));
    channel.unref();
    if (Atomics.compareExchange(words, WORD.owner, OWNER.nobody, number) !== OWNER.nobody) {
      channel.close();
      return;
    }
    Atomics.notify(words, WORD.owner);
    this.#take(channel, shared, settings);
    const differs = owned === undefined ? [] : differingSettings(settings, owned.settings);
    if (differs.length > 0) channel.postMessage({ differs } satisfies FromHost);
  }

  #take(channel: BroadcastChannel, shared: SharedArrayBuffer, settings: LaneOffer['settings']): void {
    const { files, start } = this.#parts;
    const { path } = settings;
    const tell = (message: FromHost): void => channel.postMessage(message);
    const lane = start(
      shared,
      () => files.at(path) as OwnedFile,
      () => tell('news'),
    );
    const guest: Guest = {
      shared,
      path,
      lane,
      channel,
      usedMs: performance.now(),
      trouble: (error) => tell({ trouble: toPlainError(error) }),
    };
    files.joinAsGuest(guest, settings);
    this.#guests.add(guest);
    this.#parts.changed(this.#guests.size);
    channel.onmessage = ({ data }: { data: unknown }) => this.#hear(guest, data as ToHost);
    this.#looking ??= setInterval(() => this.#look(), LOOK_MS).unref();
    tell('taken');
    lane.wake();
  }

  #hear(guest: Guest, message: ToHost): void {
    const { lane, channel } = guest;
    const tell = (answer: FromHost): void => channel.postMessage(answer);
    guest.usedMs = performance.now();
    if (message === 'wake') lane.wake();
    else if (message === 'close') void this.#end(guest);
    else {
      const { rotate: rotated, hangUp } = message;
      lane.rotate(hangUp).then(
        (path) => tell({ rotated, ...(path !== undefined && { path }) }),
        (thrown: unknown) => tell({ rotated, error: toPlainError(thrown) }),
      );
    }
  }

  #look(): void {
    const nowMs = performance.now();
    for (const guest of this.#guests) {
      if (!guest.lane.idle) guest.usedMs = nowMs;
      if (guest.lane.waiting) guest.lane.wake();
      else if (nowMs - guest.usedMs > (this.#parts.idleMs ?? IDLE_MS)) this.#letGo(guest);
    }
  }

  /** Its maker offers it again with its next record. */
  #letGo(guest: Guest): void {
    const { words } = openLane(guest.shared);
    const { number } = this.#parts;
    Atomics.store(words, WORD.owner, OWNER.nobody);
    // A record that came just now has sent its message to this thread.
    const late = guest.lane.waiting;
    if (late && Atomics.compareExchange(words, WORD.owner, OWNER.nobody, number) === OWNER.nobody) guest.lane.wake();
    else void this.#end(guest);
  }

  async #end(guest: Guest): Promise<void> {
    const { files, stop, changed } = this.#parts;
    if (!this.#guests.delete(guest)) return;
    await stop(guest.lane);
    await files.leaveAsGuest(guest, guest.path);
    guest.channel.postMessage('closed' satisfies FromHost);
    guest.channel.close();
    changed(this.#guests.size);
    if (this.#guests.size > 0) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }
}
