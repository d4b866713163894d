import fc from 'fast-check';
import { LEVEL_RANKS, LEVELS, type Level } from '../level';
import { testEntry } from '../testing';
import { BoundedQueue } from './bounded-queue';
import { makeRoom, type Overflow } from './overflow';
import { type QueuedEntry } from './queued-entry';

const NOTHING_HELD = { records: 0, bytes: 0 };

function entry(level: Level, bytes = 10): QueuedEntry {
  return { ...testEntry({ level }), bytes, rank: LEVEL_RANKS[level] };
}

/** Offers levels one after another to a queue of three records; answers what is left and what was dropped, in order. */
function offer(
  policy: Overflow,
  levels: readonly Level[],
  limits = { maxRecords: 3, maxBytes: 1000 },
  held = NOTHING_HELD,
) {
  const queue = new BoundedQueue();
  const dropped: Level[] = [];
  for (const level of levels) {
    const next = entry(level);
    const eviction = makeRoom(policy, queue, next, limits, held);
    dropped.push(...eviction.dropped.map(({ record }) => record.level));
    if (eviction.admit) queue.push(next);
  }
  return { kept: queue.take(Infinity, Infinity).map(({ record }) => record.level), dropped };
}

describe('a full queue', () => {
  it('drops the oldest under drop_oldest', () => {
    expect(offer('drop_oldest', ['critical', 'error', 'warning', 'info', 'debug'])).toEqual({
      kept: ['warning', 'info', 'debug'],
      dropped: ['critical', 'error'],
    });
  });

  it.each<Overflow>(['drop_newest', 'block'])('drops what comes under %s', (policy) => {
    expect(offer(policy, ['debug', 'info', 'warning', 'critical'])).toEqual({
      kept: ['debug', 'info', 'warning'],
      dropped: ['critical'],
    });
  });

  it('drops what is below warning first under drop_below, then by age', () => {
    expect(offer('drop_below', ['warning', 'info', 'trade', 'error'])).toEqual({
      kept: ['warning', 'error'],
      dropped: ['info', 'trade'],
    });
    expect(offer('drop_below', ['warning', 'error', 'warning', 'critical'])).toEqual({
      kept: ['error', 'critical'],
      dropped: ['warning', 'warning'],
    });
  });

  it('turns what is below warning away under drop_below when there is nothing less important to drop', () => {
    expect(offer('drop_below', ['error', 'warning', 'critical', 'info'])).toEqual({
      kept: ['error', 'warning', 'critical'],
      dropped: ['info'],
    });
  });

  it('keeps error and worse under drop_below over the number of records, as long as there are bytes left', () => {
    expect(offer('drop_below', ['error', 'error', 'error', 'critical', 'error'])).toMatchObject({ dropped: [] });
    const tight = { maxRecords: 3, maxBytes: 35 };
    expect(offer('drop_below', ['error', 'critical', 'error', 'error'], tight)).toEqual({
      kept: ['critical', 'error', 'error'],
      dropped: ['error'],
    });
  });

  it('counts what is under way, and when that alone fills it turns away what comes', () => {
    expect(
      offer('drop_oldest', ['info', 'error'], { maxRecords: 3, maxBytes: 1000 }, { records: 2, bytes: 20 }),
    ).toEqual({ kept: ['error'], dropped: ['info'] });
    expect(offer('drop_oldest', ['error'], { maxRecords: 3, maxBytes: 1000 }, { records: 3, bytes: 30 })).toEqual({
      kept: [],
      dropped: ['error'],
    });
  });

  it('turns away a record that is larger than the whole queue', () => {
    for (const policy of ['drop_oldest', 'drop_newest', 'drop_below', 'block'] as const) {
      const next = entry('critical', 2000);
      expect(makeRoom(policy, new BoundedQueue(), next, { maxRecords: 3, maxBytes: 1000 }, NOTHING_HELD)).toEqual({
        admit: false,
        dropped: [next],
      });
    }
  });

  it('never holds more bytes than it may, and under drop_below never gives up an error for something lesser', () => {
    const policies = fc.constantFrom<Overflow>('drop_oldest', 'drop_newest', 'drop_below', 'block');
    const entries = fc.array(fc.tuple(fc.constantFrom(...LEVELS), fc.integer({ min: 1, max: 60 })), { maxLength: 60 });
    fc.assert(
      fc.property(policies, entries, (policy, given) => {
        const queue = new BoundedQueue();
        const limits = { maxRecords: 10, maxBytes: 300 };
        for (const [level, bytes] of given) {
          const next = entry(level, bytes);
          const before = queue.bytes;
          const { admit, dropped } = makeRoom(policy, queue, next, limits, NOTHING_HELD);
          if (admit) queue.push(next);
          expect(queue.bytes).toBeLessThanOrEqual(limits.maxBytes);
          if (policy !== 'drop_below') expect(queue.size).toBeLessThanOrEqual(limits.maxRecords);
          const severe = dropped.filter(({ rank }) => rank <= LEVEL_RANKS.error);
          if (policy === 'drop_below' && severe.length > 0) expect(before + bytes).toBeGreaterThan(limits.maxBytes);
          if (policy === 'drop_below' && next.rank > LEVEL_RANKS.error) expect(severe).toEqual([]);
        }
      }),
    );
  });
});
