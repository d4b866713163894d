import { existsSync } from 'node:fs';
import { BroadcastChannel } from 'node:worker_threads';
import { waitFor } from '@metaexpert/logger-core/testing';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { linesOf } from '../../test-fixtures/read-back';
import { type FileSettings, resolveFileSettings } from '../options/file-settings';
import { Guests } from './guests';
import { type FromHost, laneChannel, OFFERS } from './guest-messages';
import { openLane, OWNER, WORD } from './lane-memory';
import { LaneProducer } from './lane-producer';
import { LaneWorker } from './lane-worker';
import { OwnedFiles } from './owned-files';

const DEADLINE_MS = 15_000;

/** What a writer thread does with offers, in this thread. */
class Host {
  readonly guests: Guests;

  constructor(
    readonly number: number,
    directory: string,
    idleMs: number,
  ) {
    const keeper = { run: () => Promise.reject(new Error('there is nothing to keep')) };
    const files = new OwnedFiles(keeper);
    this.guests = new Guests({
      number,
      directory,
      files,
      start: (shared, file, rest) => new LaneWorker({ shared, file, rest, before: [], crowded: () => false }),
      stop: (lane) => lane.end(),
      changed: () => undefined,
      idleMs,
    });
    this.guests.invite();
  }
}

/** What a worker thread does, as far as a test says so. */
class Maker {
  readonly lane = new LaneProducer();
  readonly words = openLane(this.lane.shared).words;
  readonly heard: FromHost[] = [];
  readonly #offers = new BroadcastChannel(OFFERS);
  readonly #channels: BroadcastChannel[] = [];

  constructor(readonly settings: FileSettings) {}

  get owner(): number {
    return Atomics.load(this.words, WORD.owner);
  }

  offer(name: string): void {
    const channel = new BroadcastChannel(laneChannel(name));
    channel.onmessage = ({ data }: { data: unknown }) => this.heard.push(data as FromHost);
    this.#channels.push(channel);
    this.#offers.postMessage({ offer: name, shared: this.lane.shared, settings: this.settings, encryption: undefined });
  }

  push(payload: string): void {
    expect(
      this.lane.push([{ payload, bytes: payload.length }], {
        bytes: payload.length + 1,
        durable: false,
        multiline: false,
        word: 0,
      }),
    ).toBe(true);
  }

  close(): void {
    for (const channel of this.#channels) channel.postMessage('close');
    for (const channel of [this.#offers, ...this.#channels]) channel.close();
  }
}

describe('lanes that worker threads offer', () => {
  const folder = folderPerTest();
  const hosts: Host[] = [];
  const makers: Maker[] = [];
  afterEach(async () => {
    for (const { guests } of hosts) guests.refuse();
    for (const one of makers.splice(0)) one.close();
    await waitFor('the end', () => !hosts.some(({ guests }) => guests.any), DEADLINE_MS);
    hosts.length = 0;
  });

  function host(number: number, { directory = folder.path(), idleMs = 100 } = {}): Host {
    const made = new Host(number, directory, idleMs);
    hosts.push(made);
    return made;
  }

  function maker(): Maker {
    const made = new Maker(resolveFileSettings({ path: folder.path('app.log') }));
    makers.push(made);
    return made;
  }

  const lines = (): string[] => (existsSync(folder.path('app.log')) ? linesOf(folder.path('app.log')) : []);
  const until = (what: string, condition: () => boolean): Promise<void> => waitFor(what, condition, DEADLINE_MS);

  it('are taken by one writer, which finds what is in them already, and whose maker hears of it', async () => {
    host(7, { directory: folder.path('elsewhere') });
    host(8);
    host(9);
    const one = maker();
    one.push('first');
    one.offer('a');
    await until('the record', () => lines().length > 0);
    await until('the word', () => one.heard.includes('taken') && one.heard.includes('news'));
    expect(hosts.filter(({ guests }) => guests.any).map(({ number }) => number)).toEqual([one.owner]);
    expect(lines()).toEqual(['first']);
  });

  it('are looked into without a message: their maker may have been ended before it could send one', async () => {
    host(7, { idleMs: 60_000 });
    const one = maker();
    one.offer('a');
    await until('the word', () => one.heard.includes('news'));
    one.push('the last');
    await until('the record', () => lines().includes('the last'));
  });

  it('are let go when they have nothing to do, with their file, and taken again', async () => {
    const { guests } = host(7);
    const one = maker();
    one.push('first');
    one.offer('a');
    await until('the end', () => one.heard.includes('closed'));
    expect([one.owner, guests.any]).toEqual([OWNER.nobody, false]);
    one.push('second');
    one.offer('b');
    await until('the record', () => lines().length === 2);
    expect(lines()).toEqual(['first', 'second']);
  });

  it('are not taken when their maker has changed its mind', async () => {
    const { guests } = host(7);
    const [one, other] = [maker(), maker()];
    Atomics.store(one.words, WORD.owner, OWNER.maker);
    one.push('mine');
    one.offer('a');
    other.push('yours');
    other.offer('b');
    await until('the other', () => lines().includes('yours'));
    expect([one.owner, guests.any, lines()]).toEqual([OWNER.maker, true, ['yours']]);
  });

  it('give a frame that was taken back to nobody', async () => {
    host(7);
    const one = maker();
    one.push('mine');
    expect(one.lane.takeBack()).toBe(true);
    one.offer('a');
    await until('the end', () => one.heard.includes('closed'));
    expect(lines()).toEqual([]);
  });
});
