import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ConfigError, createLogger } from '@metaexpert/logger-core';
import { file, type FileOptions } from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../test-fixtures/folder-per-test';
import { familyOf, numbersIn, numbersOver, range } from '../test-fixtures/read-back';

describe('a logger that is configured anew', () => {
  const folder = folderPerTest();
  const app = (): string => folder.path('app.log');
  const to = (path: string, options: Partial<FileOptions> = {}) => ({
    sources: false,
    destinations: [file({ ...options, path })],
  });

  it('loses nothing on the way to another file', async () => {
    const log = createLogger(to(app()));
    for (const n of range(1, 2000)) log.info('before', { n });
    const handedOver = log.reconfigure(to(folder.path('next', 'app.log')));
    for (const n of range(2001, 4000)) log.info('after', { n });
    expect((await handedOver).ok).toBe(true);
    expect((await log.close()).ok).toBe(true);
    expect(numbersIn(app())).toEqual(range(1, 2000));
    expect(numbersIn(folder.path('next', 'app.log'))).toEqual(range(2001, 4000));
  });

  it('goes on in the same file, in order, under the new rules', async () => {
    const log = createLogger(to(app()));
    for (const n of range(1, 2000)) log.info('before', { n });
    const handedOver = log.reconfigure(to(app(), { maxSize: '500k' }));
    for (const n of range(2001, 4000)) log.info('after', { n });
    await handedOver;
    expect((await log.close()).ok).toBe(true);
    expect(numbersOver(app())).toEqual(range(1, 4000));
    expect(familyOf(app()).length).toBeGreaterThan(1);
  });

  it('keeps all, in order, over many changes under load', async () => {
    const log = createLogger(to(app(), { maxSize: '50k' }));
    const handovers: Promise<unknown>[] = [];
    for (let round = 0; round < 10; round++) {
      for (const n of range(round * 300 + 1, round * 300 + 300)) log.info('tick', { n });
      handovers.push(log.reconfigure(to(app(), { maxSize: round % 2 === 0 ? '80k' : '50k' })));
      await nextTurn();
    }
    await Promise.all(handovers);
    expect((await log.close()).ok).toBe(true);
    expect(numbersOver(app())).toEqual(range(1, 3000));
  });

  it('stays as it is when the new configuration is wrong, which opens nothing', async () => {
    const log = createLogger(to(app()));
    expect(() => log.reconfigure(to(folder.path('next', 'app.log'), { maxSize: 'large' }))).toThrow(ConfigError);
    log.info('tick', { n: 1 });
    expect((await log.close()).ok).toBe(true);
    expect(readdirSync(folder.path())).toEqual(['app.log']);
    expect(numbersIn(app())).toEqual([1]);
  });
});
