import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StageSource, withBytes, type WriteResult } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { file } from '@metaexpert/logger-transports-file';
import { carriedPlugin, type DirectTransport, systemClock, type TransportPlugin } from '@metaexpert/logger-core';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { linesOf } from '../../test-fixtures/read-back';

const MODULE = join(__dirname, '..', '..', 'test-fixtures', 'marking-stage.cjs');

const entriesOf = (...payloads: string[]): ReturnType<typeof withBytes> =>
  withBytes(payloads.map((payload) => ({ payload, record: {} as never })));

describe('a stage for the lines of a file', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');
  let transport: DirectTransport;
  let heard: unknown[];

  function open(source: Partial<StageSource> = {}): void {
    heard = [];
    const stage = {
      module: MODULE,
      data: { fail: 0 },
      heard: (message: unknown) => void heard.push(message),
      ...source,
    };
    const options = file({ path: path() });
    const context = { name: 'file', clock: systemClock, diagnostics: { report: () => undefined }, stage };
    transport = (carriedPlugin(options) as TransportPlugin).create(
      options as never,
      context as never,
    ) as DirectTransport;
  }

  const submit = (payloads: string[], word?: number): Promise<WriteResult> =>
    new Promise((resolve) => expect(transport.submit(entriesOf(...payloads), resolve, false, word)).toBe(true));

  afterEach(() => transport.close?.(AbortSignal.timeout(10_000)));

  it('changes what is written, hears its word, also without lines, and is heard', async () => {
    open();
    expect(transport.staged).toBe(true);
    expect(await submit(['one', 'two'])).toEqual({ status: 'delivered' });
    expect(await submit([], 0xabcdef)).toEqual({ status: 'delivered' });
    expect(linesOf(path())).toEqual([
      '# {"word":0,"multiline":false}',
      'one',
      'two',
      '# {"word":11259375,"multiline":false}',
    ]);
    await waitFor('what it said', () => heard.length === 2, 10_000);
    expect(heard).toEqual([
      { bytes: 39, lines: 2 },
      { bytes: 38, lines: 0 },
    ]);
  });

  it('that throws gives the lines back, also a write without lines, and nothing of it is written', async () => {
    open({ data: { fail: 2 } });
    const results = await Promise.all([submit([], 7), submit(['behind'])]);
    expect(results).toMatchObject([{ status: 'retry', error: { code: 'E_NOT_YET' } }, { status: 'retry' }]);
    expect(await submit(['one'])).toMatchObject({ status: 'retry', error: { message: 'not yet' } });
    expect(await submit(['one'])).toEqual({ status: 'delivered' });
    expect(readFileSync(path(), 'utf8')).toBe('# {"word":0,"multiline":false}\none\n');
  });

  it('that cannot be loaded lets nothing through, and says why', async () => {
    open({ module: folder.path('nowhere.cjs') });
    const result = await submit(['one']);
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MODULE_NOT_FOUND' } });
  });
});
