import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DirectTransport,
  type Settle,
  type Transport,
  withBytes,
  type WriteResult,
} from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import { type FileOptions, filePlugin } from '@metaexpert/logger-transports-file';
import { folderPerTest, makeFolder } from '../test-fixtures/folder-per-test';
import { linesOf } from '../test-fixtures/read-back';

/** The transport alone, without the destination that usually stands around it. */
function create(options: FileOptions): DirectTransport {
  const make = filePlugin.create as (options: FileOptions, context: object) => Transport;
  return make(options, {}) as DirectTransport;
}

describe('the transport of a file', () => {
  let place = '';
  const path = (): string => join(place, 'logs', 'app.log');

  describeTransport({
    create: () => {
      place = makeFolder();
      return create({ path: path() });
    },
    received: () => (existsSync(path()) ? linesOf(path()) : []),
    cleanup: () => rmSync(place, { recursive: true, force: true }),
  });
});

describe('the transport of a file, handed batches by a destination', () => {
  const folder = folderPerTest();

  it('takes several batches before the first is in the file, and settles them in their order', async () => {
    const transport = create({ path: folder.path('app.log') });
    const settled: number[] = [];
    for (let n = 0; n < 50; n++) {
      const settle: Settle = ({ status }) => settled.push(status === 'delivered' ? n : -1);
      expect(transport.submit(withBytes([testEntry({ message: `record ${n}` })]), settle, false)).toBe(true);
    }
    await waitFor('all of them', () => settled.length === 50);
    expect(settled).toEqual(Array.from({ length: 50 }, (_, n) => n));
    await transport.close?.(new AbortController().signal);
  });

  it('settles without the event loop when it is polled', async () => {
    const transport = create({ path: folder.path('app.log') });
    let result: WriteResult | undefined;
    transport.submit(withBytes([testEntry()]), (given) => (result = given), true);
    // The event loop does not turn here: only the other thread can write the file.
    for (let polls = 0; polls < 500 && result === undefined; polls++) transport.poll?.(10);
    expect(result).toEqual({ status: 'delivered' });
    expect(linesOf(folder.path('app.log'))).toEqual([testEntry().payload]);
    await transport.close?.(new AbortController().signal);
  });

  it('rejects what is too large for one write, and goes on with what is not', async () => {
    const transport = create({ path: folder.path('app.log') });
    const huge = { ...testEntry(), payload: 'x'.repeat(5_000_000) };
    const { signal } = new AbortController();
    expect(await transport.write([huge], signal)).toMatchObject({
      status: 'rejected',
      error: { code: 'MXL_FILE_RECORD_TOO_LARGE' },
    });
    expect(await transport.write([testEntry()], signal)).toEqual({ status: 'delivered' });
    await transport.close?.(signal);
  });

  it('refuses a batch that the ring has no room for now, without taking anything of it', async () => {
    const transport = create({ path: folder.path('app.log') });
    const batch = withBytes([{ ...testEntry(), payload: 'x'.repeat(1_000_000) }]);
    let settled = 0;
    let taken = 0;
    while (taken < 1000 && transport.submit(batch, () => (settled += 1), false)) taken += 1;
    expect(taken).toBeLessThan(1000);
    expect(settled).toBe(0);
    await waitFor('what was taken', () => settled === taken);
    expect(linesOf(folder.path('app.log'))).toHaveLength(taken);
    await transport.close?.(new AbortController().signal);
  });
});
