import { rmSync } from 'node:fs';
import { join } from 'node:path';
import suite from 'abstract-winston-transport';
import { toWinston } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import { folderPerTest, makeFolder } from '../test-fixtures/folder-per-test';
import { linesOf, numbersIn, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

describe('toWinston(file(…))', () => {
  const place = makeFolder();
  const made: { end(): unknown }[] = [];

  /** What the suite calls with `new`. */
  function FileTransport(options: { path: string }): object {
    const transport = toWinston(file(options));
    made.push(transport);
    return transport;
  }

  // The suite is written for mocha.
  Object.assign(globalThis, { after: afterAll });
  suite({ name: 'File', Transport: FileTransport, construct: () => ({ path: join(place, `${made.length}.log`) }) });

  afterAll(async () => {
    await Promise.all(
      made.map(
        (transport) =>
          new Promise((resolve) => {
            (transport as NodeJS.EventEmitter & typeof transport).once('finish', resolve);
            transport.end();
          }),
      ),
    );
    rmSync(place, { recursive: true });
  });
});

describe('plain winston with a file of ours', () => {
  const folder = folderPerTest();

  it.each(['logger', 'transport'])(
    'has 20,000 of 20,000 records on disk after end(), then finish of the %s, then exit',
    async (waitsFor) => {
      const path = folder.path('app.log');
      const { code, stderr } = await runChild('end-winston.cjs', { path, count: 20_000, waitsFor }).ended;
      expect({ code, stderr }).toEqual({ code: 7, stderr: '' });
      expect(numbersIn(path)).toEqual(range(1, 20_000));
    },
    20_000,
  );

  it('has finished as a transport when all is on disk, and not before', async () => {
    const child = runChild('end-winston.cjs', { path: folder.path('app.log'), count: 10, waitsFor: 'transport' });
    expect((await child.ended).said).toEqual([{ linesAtFinish: 10 }]);
  });

  it('writes the text that the format of winston has made', async () => {
    const path = folder.path('app.log');
    await runChild('end-winston.cjs', { path, count: 3, waitsFor: 'transport', format: 'text' }).ended;
    expect(linesOf(path)).toEqual(['info: order placed 1', 'info: order placed 2', 'info: order placed 3']);
  });
});
