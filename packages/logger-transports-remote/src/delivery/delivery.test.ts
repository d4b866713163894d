import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { testEntry } from '@metaexpert/logger-core/testing';
import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { never } from '../../test-fixtures/make-transport';
import { RemoteError, type RemoteErrorCode } from '../errors';
import { ConcurrentTransport } from './concurrent-transport';
import { cutEntry } from './cut-entry';
import { DeadLetterTransport } from './dead-letter-transport';
import { DeadLetters } from './dead-letters';
import { HalvingTransport } from './halving-transport';
import { joinResults } from './join-results';
import { QuarantineTransport } from './quarantine-transport';
import { retryAfterMs } from './retry-after';

/** A server in miniature: takes what its rule lets through, and remembers what came. */
class PickyTransport implements Transport {
  readonly taken: string[] = [];
  readonly sizes: number[] = [];
  readonly #rule: (batch: readonly Entry[]) => WriteResult | undefined;

  constructor(rule: (batch: readonly Entry[]) => WriteResult | undefined) {
    this.#rule = rule;
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    this.sizes.push(batch.length);
    const refusal = this.#rule(batch);
    if (refusal !== undefined) return refusal;
    this.taken.push(...batch.map(({ record }) => record.id));
    return { status: 'delivered' };
  }
}

const says = (status: 'retry' | 'rejected', code: RemoteErrorCode): WriteResult => ({
  status,
  error: new RemoteError(code, 'no'),
});
const entries = (count: number, from = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => testEntry({ id: String(from + index), message: 'x'.repeat(50) }));
const ids = (batch: readonly Entry[]): string[] => batch.map(({ record }) => record.id);
const size = (batch: readonly Entry[]): number => batch.reduce((sum, { payload }) => sum + payload.length, 0);

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T08:00:00Z');

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 08:01:00 GMT', 60_000],
    ['Saturday, 21-Nov-26 08:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    [undefined, undefined],
  ])('of %j is %j ms', (value, ms) => expect(retryAfterMs(value, now)).toBe(ms));
});

describe('a batch that is too large', () => {
  const limit = (bytes: number) => (batch: readonly Entry[]) =>
    size(batch) > bytes ? says('rejected', 'MXL_REMOTE_TOO_LARGE') : undefined;

  it('goes in halves, in order, and the next ones are cut to size before they go', async () => {
    const [batch, next] = [entries(100), entries(100, 100)];
    const server = new PickyTransport(limit(size(batch) / 7));
    const transport = new HalvingTransport(server, 'reject');
    expect(await transport.write(batch, never())).toEqual({ status: 'delivered' });
    const before = server.sizes.length;
    expect(await transport.write(next, never())).toEqual({ status: 'delivered' });
    expect(server.taken).toEqual(ids([...batch, ...next]));
    expect(server.sizes.slice(before).every((count) => count < 100 / 7)).toBe(true);
  });

  it('loses only the record that is too large by itself', async () => {
    const giant = testEntry({ id: 'giant', message: 'x'.repeat(5000) });
    const server = new PickyTransport(limit(4000));
    const result = await new HalvingTransport(server, 'reject').write(
      [...entries(5), giant, ...entries(5, 5)],
      never(),
    );
    expect(result).toMatchObject({
      status: 'partial',
      rejected: [5],
      retry: [],
      error: { code: 'MXL_REMOTE_TOO_LARGE' },
    });
    expect(server.taken).toEqual(ids(entries(10)));
  });

  it('is cut, when that is asked for', async () => {
    const sent: Entry[] = [];
    const server = new PickyTransport((batch) => limit(100)(batch) ?? void sent.push(...batch));
    const giant = testEntry({ id: 'giant', message: 'я'.repeat(50_000), fields: { symbol: 'BTC' } });
    expect(await new HalvingTransport(server, 'cut').write([giant], never())).toEqual({
      status: 'rejected',
      error: expect.anything(),
    });
    const roomy = new PickyTransport((batch) => limit(2000)(batch) ?? void sent.push(...batch));
    expect(await new HalvingTransport(roomy, 'cut').write([giant], never())).toEqual({ status: 'delivered' });
    expect(JSON.parse(sent[0]!.payload)).toMatchObject({ id: 'giant', symbol: 'BTC', truncated: expect.any(Number) });
  });

  it('stops at the first part that has to go again, so that the rest stays behind it', async () => {
    let writes = 0;
    const server = new PickyTransport((batch) =>
      batch.length > 4
        ? says('rejected', 'MXL_REMOTE_TOO_LARGE')
        : ++writes === 2
          ? says('retry', 'MXL_REMOTE_CONNECT')
          : undefined,
    );
    const result = await new HalvingTransport(server, 'reject').write(entries(16), never());
    expect(result).toMatchObject({ status: 'partial', delivered: [0, 1, 2, 3], rejected: [] });
    expect(server.taken).toEqual(ids(entries(4)));
  });
});

describe('cutting a record', () => {
  it('fits, and stays what it was: JSON or text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 3000 }),
        fc.integer({ min: 600, max: 2000 }),
        (text, bytes) => {
          const json = cutEntry(testEntry({ message: text, fields: { deep: { text } } }), bytes);
          expect(Buffer.byteLength(json!.payload)).toBeLessThanOrEqual(bytes);
          expect(JSON.parse(json!.payload)).toMatchObject({ truncated: expect.any(Number), id: 'TEST-1' });
          const plain = cutEntry({ ...testEntry(), payload: `t ${text}` }, bytes);
          expect(Buffer.byteLength(plain!.payload)).toBeLessThanOrEqual(bytes);
        },
      ),
    );
  });
});

describe('a record that the server fails over', () => {
  const failsOver = (poison: string) => (batch: readonly Entry[]) =>
    ids(batch).includes(poison) ? says('retry', 'MXL_REMOTE_SERVER_ERROR') : undefined;

  /** What a destination does: what is to be retried goes first, then what is new. */
  async function run(
    transport: Transport,
    all: Entry[],
    writes: number,
  ): Promise<{ rejected: string[]; left: string[] }> {
    let queue = all;
    const rejected: string[] = [];
    for (let count = 0; count < writes && queue.length > 0; count++) {
      const batch = queue.slice(0, 10);
      const result = await transport.write(batch, never());
      if (result.status === 'delivered') queue = queue.slice(batch.length);
      else if (result.status === 'rejected') rejected.push(...ids(batch));
      else if (result.status === 'partial') {
        rejected.push(...result.rejected.flatMap((index) => batch[index]?.record.id ?? []));
        queue = [...result.retry.flatMap((index) => batch[index] ?? []), ...queue.slice(batch.length)];
      }
    }
    return { rejected, left: ids(queue) };
  }

  it('is rejected after its tries, and holds up none of the others', async () => {
    const server = new PickyTransport(failsOver('7'));
    const { rejected, left } = await run(new QuarantineTransport(server, 3), entries(60), 30);
    expect({ rejected, left }).toEqual({ rejected: ['7'], left: [] });
    expect(server.taken).toEqual(ids(entries(60)).filter((id) => id !== '7'));
  });

  it('is not blamed while nothing gets through: then it is the server', async () => {
    const server = new PickyTransport(() => says('retry', 'MXL_REMOTE_SERVER_ERROR'));
    const { rejected, left } = await run(new QuarantineTransport(server, 3), entries(20), 50);
    expect([rejected, left.length]).toEqual([[], 20]);
  });

  it('is not looked for when the server is away, or asks to wait', async () => {
    const server = new PickyTransport(() => says('retry', 'MXL_REMOTE_CONNECT'));
    await run(new QuarantineTransport(server, 3), entries(10), 5);
    expect(server.sizes).toEqual([10, 10, 10, 10, 10]);
  });

  it('is not made up by a server that fails one request in ten', async () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const server = new PickyTransport(() => (random() < 0.1 ? says('retry', 'MXL_REMOTE_SERVER_ERROR') : undefined));
    const { rejected, left } = await run(new QuarantineTransport(server, 10), entries(2000), 1000);
    expect([rejected, left]).toEqual([[], []]);
    expect(server.taken.sort()).toEqual(ids(entries(2000)).sort());
  });
});

describe('several requests at once', () => {
  it('are joined to one answer', async () => {
    const server = new PickyTransport((batch) =>
      ids(batch).includes('5') ? says('retry', 'MXL_REMOTE_CONNECT') : undefined,
    );
    const result = await new ConcurrentTransport(server, 4).write(entries(10), never());
    expect(server.sizes).toEqual([3, 3, 3, 1]);
    expect(result).toMatchObject({ status: 'partial', delivered: [0, 1, 2, 6, 7, 8, 9], retry: [3, 4, 5] });
  });

  it('name each record once, whatever the answers are', () => {
    const result = fc.constantFrom<WriteResult>(
      { status: 'delivered' },
      { status: 'retry', afterMs: 5 },
      { status: 'rejected', error: new Error('no') },
      { status: 'partial', delivered: [0], retry: [1], rejected: [2] },
    );
    fc.assert(
      fc.property(fc.array(result, { minLength: 1, maxLength: 6 }), (results) => {
        const joined = joinResults(results.map((one) => ({ count: 3, result: one })));
        if (joined.status !== 'partial') return;
        const named = [...joined.delivered, ...joined.retry, ...joined.rejected].sort((a, b) => a - b);
        expect(named).toEqual(Array.from({ length: results.length * 3 }, (_, index) => index));
      }),
    );
  });
});

describe('dead letters', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dead-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const partial: WriteResult = {
    status: 'partial',
    delivered: [0],
    retry: [1],
    rejected: [2],
    error: new RemoteError('MXL_REMOTE_REFUSED', 'field "price" is no number'),
  };

  it('hold what was rejected, and why, one JSON object a line', async () => {
    const path = join(folder, 'deep', 'dead.jsonl');
    const reports: Error[] = [];
    const diagnostics = { report: (_: unknown, error: Error) => void reports.push(error) };
    const results = [partial, { status: 'delivered' } as const, says('rejected', 'MXL_REMOTE_STATUS')];
    const inner = new PickyTransport(() => results.shift());
    const transport = new DeadLetterTransport(inner, new DeadLetters({ path }, 'es'), diagnostics);
    for (let count = 0; count < 3; count++) await transport.write(entries(3), never());
    const lines = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id, code }) => `${id} ${code}`)).toEqual([
      '2 MXL_REMOTE_REFUSED',
      '0 MXL_REMOTE_STATUS',
      '1 MXL_REMOTE_STATUS',
      '2 MXL_REMOTE_STATUS',
    ]);
    expect(lines[0]).toMatchObject({
      at: expect.stringMatching(/^\d{4}-/),
      destination: 'es',
      reason: 'field "price" is no number',
      record: { id: '2', level: 'info' },
    });
    expect(reports).toEqual([]);
  });

  it('stay under their cap, and say when they cannot be kept', async () => {
    const path = join(folder, 'full.jsonl');
    const reports: Error[] = [];
    const diagnostics = { report: (_: unknown, error: Error) => void reports.push(error) };
    const inner = new PickyTransport(() => partial);
    const transport = new DeadLetterTransport(inner, new DeadLetters({ path, maxBytes: 1000 }, 'es'), diagnostics);
    for (let count = 0; count < 9; count++) expect(await transport.write(entries(3), never())).toBe(partial);
    expect(readFileSync(path).length).toBeLessThanOrEqual(1000);
    expect(reports.at(-1)).toMatchObject({ code: 'MXL_REMOTE_DEAD_LETTERS' });
  });
});
