import { createLogger, type DestinationOptions, type Logger } from '@metaexpert/logger-core';
import { destinationOf, FailingTransport, HangingTransport, waitFor } from '@metaexpert/logger-core/testing';
import { spoolPlugin } from '@metaexpert/logger-transports-remote';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSpoolChild } from '../../test-fixtures/spool/run-spool-child';

let root = '';
let dir = '';
const opened: Logger[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mxl-spool-'));
  dir = join(root, 'spool');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close({ timeoutMs: 100 })));
  rmSync(root, { recursive: true, force: true });
});

function spooling(transport: FailingTransport | HangingTransport, options: Partial<DestinationOptions> = {}) {
  const destination = destinationOf(transport, { spool: { dir }, batch: { maxDelayMs: 1 }, ...options });
  const log = createLogger({ sources: false, exitHooks: false, plugins: [spoolPlugin], destinations: [destination] });
  const failures: string[] = [];
  log.on('failure', ({ error }) => failures.push(String((error as NodeJS.ErrnoException).code)));
  opened.push(log);
  return { log, failures, health: () => log.health()[0]! };
}

/** Delivers what the folder holds; answers the numbers of the records, as they came. */
async function drain(): Promise<number[]> {
  const transport = new FailingTransport();
  const { log, health } = spooling(transport);
  await waitFor('the folder to be open', () => health().accepted > 0, 20_000);
  await waitFor('the spool to be empty', () => health().queued === 0, 20_000);
  await log.close();
  const ids = transport.delivered.map(({ record }) => record.id);
  expect(new Set(ids).size).toBe(ids.length);
  return transport.delivered.flatMap(({ record }) => (record.fields['n'] as number | undefined) ?? []);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, offset) => from + offset);
}

describe('a spool on a real disk', () => {
  it('outlives the process that filled it: everything is delivered once, in order, and the folder is empty then', async () => {
    const { log } = spooling(new HangingTransport(), { queue: { maxRecords: 50 } });
    for (const n of range(1, 5000)) log.info('order placed', { n });
    expect((await log.close({ timeoutMs: 2000 })).destinations[0]).toMatchObject({ dropped: 0, pending: 5000 });
    expect(await drain()).toEqual(range(1, 5000));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('knows at once, when a logger is made, what an earlier one has left', async () => {
    const before = spooling(new HangingTransport());
    for (const n of range(1, 300)) before.log.info('order placed', { n });
    await before.log.close({ timeoutMs: 300 });
    const { health } = spooling(new HangingTransport());
    await waitFor('the folder to be open', () => health().accepted > 0, 20_000);
    expect(health()).toMatchObject({ accepted: 300, queued: 300, delivered: 0, dropped: {} });
  });

  it('stays under its bound, drops the oldest, counts them and announces them', async () => {
    const transport = new FailingTransport({ status: 'retry', error: new Error('down') });
    const { log, health } = spooling(transport, {
      queue: { maxRecords: 50 },
      spool: { dir, maxBytes: 100_000 },
      retry: { minDelayMs: 1, maxDelayMs: 20 },
      breaker: { failures: 1000, cooldownMs: 1 },
    });
    for (const n of range(1, 3000)) log.info('order placed', { n });
    await waitFor('the bound', () => (health().dropped['spool_full'] ?? 0) > 2000, 20_000);
    transport.answer = undefined;
    await waitFor(
      'recovery',
      () => transport.delivered.some(({ record }) => /spool full/.test(record.message)),
      20_000,
    );
    await log.flush();
    const numbers = transport.delivered.flatMap(({ record }) => (record.fields['n'] as number | undefined) ?? []);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers.at(-1)).toBe(3000);
    const { accepted, delivered, queued, dropped } = health();
    expect(accepted).toBe(delivered + queued + Object.values(dropped).reduce((sum, records) => sum + records, 0));
  });

  it('loses of a damaged folder what is damaged, counts it, and delivers the rest', async () => {
    const { log } = spooling(new HangingTransport(), { queue: { maxRecords: 50 } });
    for (const n of range(1, 1000)) log.info('order placed', { n });
    await log.close({ timeoutMs: 500 });
    const segment = join(dir, readdirSync(dir).sort()[0]!);
    const bytes = readFileSync(segment);
    for (const place of [5000, 60_000, 100_000]) bytes[place]! ^= 0x10;
    writeFileSync(segment, bytes);
    const transport = new FailingTransport();
    const { health } = spooling(transport);
    await waitFor('the rest', () => transport.delivered.length >= 997 && health().queued === 0, 20_000);
    expect(health()).toMatchObject({ dropped: { spool_damaged: 3 } });
    expect(transport.delivered.map(({ record }) => record.message)).toContain(
      '3 records dropped: damaged in the spool',
    );
  });

  it('goes on without a folder that cannot be made, and says so', async () => {
    writeFileSync(dir, 'a file is in the place of the folder');
    const transport = new FailingTransport();
    const { log, failures } = spooling(transport);
    log.info('order placed');
    await waitFor('delivery', () => transport.delivered.length === 1, 20_000);
    await waitFor('the failure', () => failures.includes('MXL_SPOOL_DISK'), 20_000);
  });

  it('is handed over when a configuration is replaced by one with the same folder', async () => {
    const { log } = spooling(new HangingTransport(), { queue: { maxRecords: 10 } });
    for (const n of range(1, 200)) log.info('order placed', { n });
    const transport = new FailingTransport();
    const destinations = [destinationOf(transport, { spool: { dir }, batch: { maxDelayMs: 1 } })];
    await log.reconfigure({ sources: false, exitHooks: false, plugins: [spoolPlugin], destinations });
    await waitFor('all of them', () => transport.delivered.length === 200, 20_000);
    expect(transport.delivered.map(({ record }) => record.fields['n'])).toEqual(range(1, 200));
  });
});

describe('a process with a spool', () => {
  it.each([false, true])(
    'that is killed loses nothing of what was on the disk (fsync %s)',
    async (fsync) => {
      const child = runSpoolChild({ dir, transport: 'hang', count: 2000, fsync });
      await waitFor('the disk to have them', () => child.said.some(({ safe }) => safe !== undefined), 20_000);
      child.process.kill('SIGKILL');
      expect((await child.ended).signal).toBe('SIGKILL');
      const { safe } = child.said.find((one) => one.safe !== undefined) as { safe: number };
      const numbers = await drain();
      expect(numbers).toEqual(range(1, numbers.length));
      expect(numbers.length).toBeGreaterThanOrEqual(safe);
    },
    60_000,
  );

  it('that is killed again and again while it delivers brings every record at least once, each under one id', async () => {
    const store = join(root, 'store');
    const safe: number[] = [];
    for (let round = 0; round < 5; round++) {
      const from = round * 1000 + 1;
      const size = existsSync(store) ? readFileSync(store).length : 0;
      const child = runSpoolChild({ dir, transport: 'store', store, count: 1000, from });
      await waitFor('something on the disk', () => child.said.some((one) => one.safe !== undefined), 20_000);
      if (round > 0) await waitFor('some deliveries', () => existsSync(store) && readFileSync(store).length > size + round * 500, 20_000); // prettier-ignore
      child.process.kill('SIGKILL');
      await child.ended;
      safe.push(...range(from, child.said.find((one) => one.safe !== undefined)?.safe as number));
    }
    const last = runSpoolChild({ dir, transport: 'store', store, count: 1, from: 100_000, end: 'close' });
    expect(await last.ended).toMatchObject({ code: 0, stderr: '' });
    const ids = new Map<string, Set<string>>();
    for (const line of readFileSync(store, 'utf8').trim().split('\n')) {
      const [n = '', id = ''] = line.split(' ');
      ids.set(n, (ids.get(n) ?? new Set()).add(id));
    }
    expect(safe.filter((n) => !ids.has(`${n}`))).toEqual([]);
    expect([...ids.values()].filter(({ size }) => size !== 1)).toEqual([]);
    expect(ids.has('100000')).toBe(true);
  }, 120_000);

  it.each([
    ['process.exit()', 'exit', { code: 7, signal: null }, 500],
    ['an uncaught exception', 'throw', { code: 1, signal: null }, 501],
  ])(
    'that ends by %s puts what is in memory on the disk, though its transport never answered',
    async (_, end, result, all) => {
      const child = runSpoolChild({ dir, transport: 'hang', count: 500, maxRecords: 10_000, end });
      expect(await child.ended).toMatchObject(result);
      const transport = new FailingTransport();
      const { health } = spooling(transport);
      await waitFor('what it left', () => transport.delivered.length === all && health().queued === 0, 20_000);
      expect(transport.delivered.flatMap(({ record }) => record.fields['n'] ?? [])).toEqual(range(1, 500));
    },
    60_000,
  );

  it('that is ended by a signal does the same', async () => {
    const child = runSpoolChild({ dir, transport: 'hang', count: 500, maxRecords: 10_000 });
    await waitFor('it to run', () => child.said.length > 0, 20_000);
    child.process.kill('SIGTERM');
    expect((await child.ended).signal).toBe('SIGTERM');
    expect(await drain()).toEqual(range(1, 500));
  }, 60_000);

  it('owns its folder: another goes on without, and takes over when the first has been killed', async () => {
    const child = runSpoolChild({ dir, transport: 'hang', count: 500 });
    await waitFor('the disk to have them', () => child.said.some(({ safe }) => safe !== undefined), 20_000);
    const transport = new FailingTransport();
    const { log, failures, health } = spooling(transport);
    log.info('mine', { n: 0 });
    await waitFor('the lock to be said', () => failures.includes('MXL_SPOOL_LOCKED'), 20_000);
    await waitFor('delivery', () => transport.delivered.length === 1, 20_000);
    expect(health()).toMatchObject({ accepted: 1, delivered: 1 });
    child.process.kill('SIGKILL');
    await child.ended;
    await waitFor('what the other left', () => transport.delivered.length >= 401 && health().queued === 0, 20_000);
    expect(transport.delivered.slice(1, 401).map(({ record }) => record.fields['n'])).toEqual(range(1, 400));
  }, 60_000);
});
