import { rename } from 'node:fs/promises';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { layLog } from '../../test-fixtures/stored-logs';
import { FileError } from '../errors';
import { findSeries } from './find-series';

describe('looking for a series', () => {
  const folder = folderPerTest();

  it('does not stumble over a rotation between two looks at a name', async () => {
    const [live, aside] = [folder.path('app.log'), folder.path('app.log.1')];
    layLog(live, 1, 1);
    const ended = new AbortController();
    const rotating = (async () => {
      while (!ended.signal.aborted) {
        await rename(live, aside);
        await rename(aside, live);
      }
    })();
    const found = new Set<string>();
    try {
      for (let look = 0; look < 1500; look += 1)
        for (const series of await findSeries([live]).catch(noneYet)) found.add(series.path);
    } finally {
      ended.abort();
      await rotating;
    }
    expect([...found]).toEqual([live]);
  });
});

/** A folder may be read at the very moment at which a file has neither name. */
function noneYet(thrown: unknown): [] {
  if (thrown instanceof FileError && thrown.code === 'MXL_FILE_NOT_FOUND') return [];
  throw thrown;
}
