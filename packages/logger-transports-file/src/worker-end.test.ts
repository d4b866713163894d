import { folderPerTest } from '../test-fixtures/folder-per-test';
import { numbersIn, range } from '../test-fixtures/read-back';
import { runChild } from '../test-fixtures/run-child';

const COUNT = 5000;

describe('a logger in a worker thread', () => {
  const folder = folderPerTest();

  it.each([
    ['process.exit() of the main thread', 'exit', { code: 5, signal: null }, {}],
    ['a crash of the main thread', 'crash', { code: 1, signal: null }, {}],
    ['SIGTERM', 'SIGTERM', { code: null, signal: 'SIGTERM' }, {}],
    ['SIGINT, beside a worker that was terminated', 'SIGINT', { code: null, signal: 'SIGINT' }, { terminated: true }],
  ])(
    'keeps all that it accepted at %s',
    async (_, how, expected, more) => {
      const child = runChild('end-with-worker.cjs', { folder: folder.path(), count: COUNT, how, ...more });
      expect(await child.ended).toMatchObject(expected);
      expect(numbersIn(folder.path('worker.log'))).toEqual(range(1, COUNT));
    },
    30_000,
  );
});
