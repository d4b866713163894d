import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../test-fixtures/folder-per-test';
import { makePipe } from '../test-fixtures/make-pipe';
import { linesOf, range } from '../test-fixtures/read-back';
import { type Ended, runChild } from '../test-fixtures/run-child';

const SHUTDOWN_TIMEOUT_MS = 1000;
/** What the issue allows beyond it. */
const GRACE_MS = 500;
const PATIENCE_MS = 20_000;

const posix = process.platform === 'win32' ? [] : ['SIGTERM', 'SIGINT', 'SIGHUP'];
const endings = ['process.exit', 'an uncaught exception', 'an unhandled rejection', ...posix, 'an emptied event loop'];
const rows = [
  ...endings.map((ending) => ({ ending, when: 'after a while', firstTick: false })),
  { ending: 'process.exit', when: 'in the very first tick', firstTick: true },
];
const hangs = [
  ['a transport that never answers', false],
  ...(process.platform === 'win32' ? [] : [['a pipe that nobody reads', true]]),
] as [string, boolean][];
const matrix = rows.flatMap(({ ending, when, firstTick }) =>
  [1, 5000].flatMap((pending) => hangs.map(([hung, pipe]) => ({ ending, when, firstTick, pending, hung, pipe }))),
);

const howItEnded = ({ code, signal }: Ended): object => ({ code, signal });
const without = new Map<string, Promise<Ended>>();

/** How the same program ends where there is no logger. */
function endedWithoutLogger(ending: string): Promise<Ended> {
  const known = without.get(ending) ?? runChild('end.cjs', { ending, bare: true }).ended;
  without.set(ending, known);
  return known;
}

// Two at a time: a child mostly waits, but its deadline is real.
describe('the end of a process', () => {
  it.concurrent.each(matrix)(
    'by $ending $when, with $pending pending beside $hung, loses nothing, is in time and stays as it was',
    async ({ ending, firstTick, pending, pipe }) => {
      const folder = makeFolder();
      try {
        const path = (name: string): string => join(folder, name);
        const files = { main: path('main.log'), trades: path('trades.log'), errors: path('errors.log') };
        if (pipe) makePipe(path('pipe'));
        const child = runChild('end.cjs', {
          ...{ ending, firstTick, pending, files, shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS },
          ...(pipe && { hung: path('pipe') }),
        });
        const ended = await child.ended;
        expect(howItEnded(ended)).toEqual(howItEnded(await endedWithoutLogger(ending)));
        const { endingAtMs } = ended.said[0] as { endingAtMs: number };
        expect(ended.atMs - endingAtMs).toBeLessThanOrEqual(SHUTDOWN_TIMEOUT_MS + GRACE_MS);

        const crashed = ending.startsWith('an un') ? ['boom'] : [];
        const sent = range(0, pending - 1).map(
          (index) => `${index % 2 === 0 ? 'filled' : 'rejected'} ${Math.floor(index / 2) + 1}`,
        );
        expect(recordsIn(files.main)).toEqual([...sent, ...crashed]);
        expect(recordsIn(files.trades)).toEqual(sent.filter((text) => text.startsWith('filled')));
        expect(recordsIn(files.errors)).toEqual([...sent.filter((text) => text.startsWith('rejected')), ...crashed]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    PATIENCE_MS,
  );
});

/** A crash's own record is told by its error, any other by the end of its message and its number. */
function recordsIn(path: string): string[] {
  if (!existsSync(path)) return [];
  return linesOf(path).map((line) => {
    const { message, n, error } = JSON.parse(line) as { message: string; n?: number; error?: { message: string } };
    return n === undefined ? (error?.message ?? message) : `${message.replace('order ', '')} ${n}`;
  });
}
