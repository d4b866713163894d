import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { failuresOf, testLogger } from '../../test/loggers';
import { MemoryDisk } from '../../test/memory-spool';
import { resolveConfig } from '../config/resolve';
import { type DestinationOptions } from '../config/logger-options';
import { type Logger } from '../logger/logger';
import { destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';
import { type Entry, type Transport, type WriteResult } from '../transport/transport';
import { fromWinston } from '../transport/from-winston';

const DOWN: WriteResult = { status: 'retry', error: new Error('down') };

function spooling(disk: MemoryDisk, transport: Transport, options: Partial<DestinationOptions> = {}): Logger {
  const log = testLogger({
    plugins: [disk.plugin],
    destinations: [
      destinationOf(transport, {
        queue: { maxRecords: 10, overflow: 'spool' },
        spool: { dir: 'x' },
        batch: { maxRecords: 4, maxDelayMs: 0 },
        retry: { minDelayMs: 0, maxDelayMs: 1 },
        breaker: { failures: 1000, cooldownMs: 0 },
        ...options,
      }),
    ],
  });
  failuresOf(log);
  return log;
}

function health(log: Logger) {
  return log.health()[0]!;
}

function expectExact(log: Logger): void {
  const { accepted, delivered, queued, queuedBytes, dropped } = health(log);
  const lost = Object.values(dropped).reduce((sum, records) => sum + records, 0);
  expect({ accepted }).toEqual({ accepted: delivered + queued + lost });
  expect(Math.min(queued, queuedBytes, delivered)).toBeGreaterThanOrEqual(0);
}

function messages(entries: readonly Entry[]): string[] {
  return entries.map(({ record }) => record.message);
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, offset) => `${from + offset}`);
}

describe('a destination with a spool', () => {
  it('puts what its queue has no room for on the disk, drops nothing, and delivers all of it in order', async () => {
    const transport = new FailingTransport(DOWN);
    const disk = new MemoryDisk();
    const log = spooling(disk, transport);
    for (const message of range(0, 1000)) log.info(message);
    await waitFor('the disk to have them', () => disk.bodies.size > 980);
    expect(health(log)).toMatchObject({ accepted: 1000, queued: 1000, delivered: 0, dropped: {} });
    transport.answer = undefined;
    log.info('1000');
    await waitFor('all of them', () => health(log).queued === 0);
    expect(messages(transport.delivered)).toEqual(range(0, 1001));
    await waitFor('an empty disk', () => disk.bodies.size === 0);
    expectExact(log);
  });

  it('keeps its memory flat: bytes in memory stay under the bound whatever the disk holds', async () => {
    const log = spooling(new MemoryDisk(), new HangingTransport(), {
      queue: { maxRecords: 50, maxBytes: 50_000, overflow: 'spool' },
    });
    for (let index = 0; index < 3000; index++) {
      log.info('x'.repeat(500));
      if (index % 50 === 0) await nextTurn();
      expect(health(log).queuedBytes).toBeLessThanOrEqual(50_000);
    }
    expect(health(log)).toMatchObject({ accepted: 3000, queued: 3000, dropped: {} });
  });

  it('goes on after a restart with what was left, which counts as accepted again and goes first', async () => {
    const disk = new MemoryDisk();
    const hanging = new HangingTransport();
    const before = spooling(disk, hanging);
    for (const message of range(0, 100)) before.info(message);
    const receipt = await before.close({ timeoutMs: 100 });
    expect(receipt.destinations[0]).toMatchObject({ accepted: 100, delivered: 0, dropped: 0, pending: 100 });
    expect(disk.bodies.size).toBe(100);

    const transport = new FailingTransport();
    const after = spooling(disk, transport);
    after.info('100');
    await waitFor('all of them', () => transport.delivered.length === 101);
    expect(messages(transport.delivered)).toEqual(range(0, 101));
    expect(transport.delivered[3]?.record).toMatchObject({ id: hanging.taken[3]?.record.id, seq: 4, level: 'info' });
    expect(transport.delivered[3]?.payload).toBe(hanging.taken[3]?.payload);
    expect(health(after)).toMatchObject({ accepted: 101, delivered: 101, queued: 0 });
  });

  it('takes the transport at its word alone: what was not acknowledged is there for the next', async () => {
    const disk = new MemoryDisk();
    const transport = new FailingTransport(DOWN);
    const log = spooling(disk, transport);
    for (const message of range(0, 100)) log.info(message);
    await waitFor('the disk', () => disk.bodies.size > 80);
    transport.answer = { status: 'partial', delivered: [0], retry: [1, 2, 3], rejected: [] };
    await waitFor('some of them', () => transport.delivered.length > 10);
    transport.answer = DOWN;
    await log.close({ timeoutMs: 50 });
    const left = [...disk.bodies.keys()].length;
    expect(left).toBeGreaterThanOrEqual(100 - transport.delivered.length);
  });

  it('counts by reason and announces what the disk gave up at its bound, and what it damaged', async () => {
    const transport = new FailingTransport(DOWN);
    const disk = new MemoryDisk();
    disk.maxRecords = 200;
    const log = spooling(disk, transport);
    for (const message of range(0, 1000)) log.info(message);
    await waitFor('drops', () => (health(log).dropped['spool_full'] ?? 0) > 700);
    expectExact(log);
    disk.bodies.delete(900);
    disk.bodies.set(901, Buffer.from('torn'));
    transport.answer = undefined;
    await waitFor('recovery', () => messages(transport.delivered).some((message) => message.includes('damaged')));
    const { dropped } = health(log);
    expect(dropped).toMatchObject({ spool_damaged: 2 });
    const said = messages(transport.delivered).filter((message) => message.includes('dropped'));
    expect(said.join()).toContain(`${dropped['spool_full']} records dropped: spool full`);
    expect(said.join()).toContain('2 records dropped: damaged in the spool');
    expectExact(log);
  });

  it('does not wait for a disk that hangs: it sends what it has, and drops the oldest when that is too much', async () => {
    const disk = new MemoryDisk();
    const transport = new FailingTransport(DOWN);
    const log = spooling(disk, transport, {
      timeoutMs: 30,
      queue: { maxRecords: 10, maxBytes: 5000, overflow: 'spool' },
    });
    log.info('0');
    await waitFor('the disk to be open', () => transport.writes > 0);
    disk.held = true;
    for (const message of range(1, 200)) log.info(message);
    expect(health(log).dropped['queue_full']).toBeGreaterThan(100);
    expect(health(log).queuedBytes).toBeLessThanOrEqual(5000);
    transport.answer = undefined;
    await waitFor('the newest', () => messages(transport.delivered).includes('199'));
    expectExact(log);
    disk.held = false;
    await waitFor('the rest', () => health(log).queued === 0);
    expectExact(log);
    expect(new Set(transport.delivered.map(({ record }) => record.id)).size).toBe(transport.delivered.length);
  });

  it('goes on without a disk that never opens', async () => {
    const disk = new MemoryDisk();
    disk.held = true;
    const transport = new FailingTransport();
    const log = spooling(disk, transport, { timeoutMs: 20 });
    log.info('0');
    await waitFor('delivery', () => transport.delivered.length === 1);
  });

  it('tells log.audit() at once that a record has gone to the disk, and not to where it should be', async () => {
    const log = spooling(new MemoryDisk(), new HangingTransport(), { delivery: 'audit', timeoutMs: 60_000 });
    for (const message of range(0, 5)) log.info(message);
    await nextTurn();
    const audit = log.audit('withdrawal');
    const refused = expect(audit).rejects.toThrow(/spooled/);
    for (const message of range(0, 50)) {
      log.info(message);
      await nextTurn();
    }
    await log.close({ timeoutMs: 20 });
    await refused;
  });

  it('brings back what a winston format made of a record', async () => {
    const disk = new MemoryDisk();
    const first = spooling(disk, new HangingTransport(), { format: (record) => `<${record.message}>` });
    for (const message of range(0, 30)) first.info(message);
    await first.close({ timeoutMs: 20 });
    const transport = new FailingTransport();
    spooling(disk, transport);
    await waitFor('delivery', () => transport.delivered.length === 30);
    expect(transport.delivered[7]).toMatchObject({ payload: '<7>', record: { message: '7', seq: 8 } });
  });

  it('keeps exact books and the order, under any operations, answers, restarts and bounds', async () => {
    const operation = fc.constantFrom('info', 'burst', 'turn', 'flush', 'restart', 'up', 'down', 'hold', 'release');
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 30 }),
        fc.integer({ min: 1, max: 15 }),
        async (steps, maxRecords) => {
          const disk = new MemoryDisk();
          const transport = new FailingTransport(DOWN);
          const options = { queue: { maxRecords, maxBytes: 20_000, overflow: 'spool' as const } };
          let log = spooling(disk, transport, options);
          let number = 0;
          let clean = true;
          for (const step of steps) {
            if (step === 'info') log.info(`${number++}`);
            if (step === 'burst') for (let index = 0; index < 25; index++) log.info(`${number++}`);
            if (step === 'turn') await nextTurn();
            if (step === 'flush') await log.flush({ timeoutMs: 4 });
            if (step === 'up') transport.answer = undefined;
            if (step === 'down') transport.answer = DOWN;
            if (step === 'hold') [disk.held, clean] = [true, false];
            if (step === 'release') disk.held = false;
            if (step === 'restart' && !disk.held) {
              await log.close({ timeoutMs: 5 });
              expectExact(log);
              log = spooling(disk, transport, options);
            }
            expectExact(log);
          }
          disk.held = false;
          transport.answer = undefined;
          await waitFor('all of them', () => health(log).queued === 0, 20_000);
          expectExact(log);
          const numbers = messages(transport.delivered)
            .filter((message) => !message.includes('dropped'))
            .map(Number);
          if (!clean) return;
          // Every one, in order; a second time only after a restart, with all that follows it.
          expect([...new Set(numbers)]).toEqual(range(0, number).map(Number));
          await log.close();
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('the configuration of a spool', () => {
  const base = fromWinston({ log: () => undefined } as never);
  const check = (destination: object) => () => resolveConfig({ sources: false, plugins: [new MemoryDisk().plugin], destinations: [{ ...base, ...destination }] }); // prettier-ignore

  it('is refused without a folder, or beside another overflow, or without a plugin', () => {
    expect(check({ queue: { overflow: 'spool' } })).toThrow(/destinations\[0\]\.spool: is missing/);
    expect(check({ queue: { overflow: 'block' }, spool: { dir: 'x' } })).toThrow(/has no part in overflow 'block'/);
    expect(check({ spool: { dri: 'x' } })).toThrow(/spool\.dri/);
    expect(check({ spool: { dir: 'x' } })).not.toThrow();
    expect(() => resolveConfig({ sources: false, destinations: [{ ...base, spool: { dir: 'x' } }] })).toThrow(
      /needs a plugin/,
    );
  });
});
