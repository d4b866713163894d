import fc from 'fast-check';
import { LEVEL_RANKS } from '../level';
import { testEntry } from '../testing';
import { BoundedQueue } from './bounded-queue';
import { type QueuedEntry } from './queued-entry';

function entry(bytes: number, rank = 4): QueuedEntry {
  return { ...testEntry(), bytes, rank };
}

describe('the queue', () => {
  it('behaves as an array does, whatever is done to it, and knows its bytes', () => {
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), bytes: fc.nat(100) }),
      fc.record({ kind: fc.constant('unshift' as const), count: fc.nat(70) }),
      fc.record({ kind: fc.constant('shift' as const) }),
      fc.record({ kind: fc.constant('take' as const), records: fc.integer({ min: 1, max: 50 }), bytes: fc.nat(500) }),
      fc.record({ kind: fc.constant('remove' as const), limit: fc.nat(10), odd: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const queue = new BoundedQueue();
        let model: QueuedEntry[] = [];
        for (const step of operations) {
          if (step.kind === 'push') {
            const one = entry(step.bytes);
            queue.push(one);
            model.push(one);
          } else if (step.kind === 'unshift') {
            const several = Array.from({ length: step.count }, (_, index) => entry(index));
            queue.unshift(several);
            model.unshift(...several);
          } else if (step.kind === 'shift') expect(queue.shift()).toBe(model.shift());
          else if (step.kind === 'take') {
            const batch = queue.take(step.records, step.bytes);
            expect(batch).toEqual(model.splice(0, batch.length));
            if (queue.size > 0) expect(batch.length).toBeGreaterThan(0);
            expect(batch.length).toBeLessThanOrEqual(step.records);
            if (batch.length > 1) expect(bytesOf(batch)).toBeLessThanOrEqual(step.bytes);
          } else {
            const chosen = ({ bytes }: QueuedEntry): boolean => (bytes % 2 === 1) === step.odd;
            const removed = queue.remove(step.limit, chosen);
            expect(removed).toEqual(model.filter(chosen).slice(0, step.limit));
            model = model.filter((one) => !removed.includes(one));
          }
          expect(queue.size).toBe(model.length);
          expect(queue.bytes).toBe(bytesOf(model));
        }
        expect(queue.take(Infinity, Infinity)).toEqual(model);
      }),
    );
  });

  it('hands out a record that is larger than a batch may be, alone', () => {
    const queue = new BoundedQueue();
    queue.push(entry(1000));
    queue.push(entry(1, LEVEL_RANKS.error));
    expect(queue.take(10, 100).map(({ bytes }) => bytes)).toEqual([1000]);
    expect(queue.size).toBe(1);
  });
});

function bytesOf(entries: readonly QueuedEntry[]): number {
  return entries.reduce((sum, { bytes }) => sum + bytes, 0);
}
