import { strict as assert } from 'node:assert';
import { type Entry, type Transport, type WriteResult } from '../transport/transport';
import { testEntry } from './test-entry';

/** What the suite needs of a test runner; jest, vitest and node:test all have it. */
export interface TestRunner {
  describe(title: string, body: () => void): void;
  it(title: string, body: () => Promise<void>): void;
}

export interface TransportSubject {
  /** Makes a transport on a place of its own, ready to deliver. May be async. */
  create: () => Transport | Promise<Transport>;
  /** The payloads that have arrived where the last transport made delivers to, in order. */
  received?: () => readonly string[] | Promise<readonly string[]>;
  /** Removes what `create` made. */
  cleanup?: () => void | Promise<void>;
}

const STATUSES = ['delivered', 'retry', 'rejected', 'partial'];

/**
 * The contract suite that every transport passes. Call it at the top of a test file.
 *
 * @param subject - how to make one, or more about it
 * @param runner - the test runner; the globals `describe` and `it` by default
 * @example
 * describeTransport(() => new PagerTransport());
 */
export function describeTransport(
  subject: (() => Transport | Promise<Transport>) | TransportSubject,
  runner: TestRunner = globals(),
): void {
  const { create, received, cleanup } =
    typeof subject === 'function' ? { create: subject, received: undefined, cleanup: undefined } : subject;
  const check = (title: string, body: (transport: Transport) => Promise<void>): void =>
    runner.it(title, async () => {
      const transport = await create();
      try {
        await body(transport);
      } finally {
        await transport.close?.(new AbortController().signal);
        await cleanup?.();
      }
    });
  const arrived = async (payloads: readonly string[]): Promise<void> => {
    if (received !== undefined) assert.deepEqual(await received(), payloads);
  };

  runner.describe('the contract of a transport', () => {
    check('delivers a batch of one and says so', async (transport) => {
      const batch = entries(1);
      assert.deepEqual(await write(transport, batch), { status: 'delivered' });
      await arrived(payloads(batch));
    });

    check('delivers several batches, each after the one before, in order', async (transport) => {
      const batches = [entries(3, 0), entries(50, 3), entries(1, 53)];
      for (const batch of batches) assert.equal((await write(transport, batch)).status, 'delivered');
      await arrived(batches.flatMap(payloads));
    });

    check('keeps every character of a payload: other scripts, emoji, escapes', async (transport) => {
      const batch = [testEntry({ message: 'Ордер исполнен 約定 🚀 "quoted" back\\slash \u0000 end' })];
      assert.equal((await write(transport, batch)).status, 'delivered');
      await arrived(payloads(batch));
    });

    check('takes a payload of 256 KiB whole, or says why not', async (transport) => {
      const batch = [testEntry({ message: 'x'.repeat(262_144) })];
      const result = await write(transport, batch);
      assert.ok(result.status === 'delivered' || result.status === 'rejected', `answered ${result.status}`);
      if (result.status === 'delivered') await arrived(payloads(batch));
    });

    check('leaves the batch as it was', async (transport) => {
      const batch = Object.freeze(entries(5).map((entry) => Object.freeze(entry)));
      const before = JSON.stringify(batch);
      await write(transport, batch);
      assert.equal(JSON.stringify(batch), before);
    });

    check('answers also when the signal has aborted already', async (transport) => {
      const controller = new AbortController();
      controller.abort();
      const result = await write(transport, entries(2), controller.signal);
      assert.ok(STATUSES.includes(result.status), `answered ${result.status}`);
    });

    check('closes with nothing written', async (transport) => {
      await transport.close?.(new AbortController().signal);
    });
  });
}

/** A throw counts as `rejected`, as it does in a destination. */
async function write(
  transport: Transport,
  batch: readonly Entry[],
  signal = new AbortController().signal,
): Promise<WriteResult> {
  try {
    return await transport.write(batch, signal);
  } catch (thrown) {
    return { status: 'rejected', error: thrown as Error };
  }
}

function entries(count: number, from = 0): Entry[] {
  return Array.from({ length: count }, (_, index) =>
    testEntry({ message: `record ${from + index}`, seq: from + index + 1 }),
  );
}

function payloads(batch: readonly Entry[]): string[] {
  return batch.map(({ payload }) => payload);
}

function globals(): TestRunner {
  const { describe, it } = globalThis as unknown as Partial<TestRunner>;
  if (describe === undefined || it === undefined)
    throw new Error('no global describe() and it(): pass your test runner as the second argument');
  return { describe, it };
}
