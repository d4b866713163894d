import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mxl-end-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Logs 1,000 records to a destination and ends the process in the same tick. */
function endWith(destination: string, end: string): void {
  const program = `
    const { createLogger, failover, fanOut, file, http } = require(${JSON.stringify(require.resolve('@metaexpert/logger'))});
    const [a, b] = ['a.log', 'b.log'].map((path) => file({ name: path, path }));
    const down = http({ name: 'down', url: 'http://127.0.0.1:9/' });
    const log = createLogger({ sources: false, shutdownTimeoutMs: 20_000, destinations: [${destination}] });
    log.on('failure', () => undefined);
    for (let n = 1; n <= 1000; n++) log.info('order placed', { n });
    ${end}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], { cwd: folder, encoding: 'utf8' });
  expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: '', stderr: '' });
}

function numbersIn(name: string): unknown[] {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { n: number }).n);
}

const ALL = Array.from({ length: 1000 }, (_, index) => index + 1);

describe('at the end of the process, what was accepted is on the disk, once and in order,', () => {
  it.each([
    ['of a file with a rate limit', `{ ...a, rateLimit: { perSecond: 10 } }`, ['a.log']],
    ['of files in a failover group', `failover([a, b])`, ['a.log']],
    ['of a file that stands in for a store', `failover([down, a])`, ['a.log']],
    ['of files in a fan-out group', `fanOut({ destinations: [a, b] })`, ['a.log', 'b.log']],
    ['of a quorum of files beside a store', `fanOut({ destinations: [a, down, b] })`, ['a.log', 'b.log']],
  ])(
    '%s',
    (_, destination, files) => {
      for (const end of [
        'process.exit(3);',
        'setImmediate(() => process.exit(3));',
        'setTimeout(() => process.exit(3), 20);',
      ]) {
        endWith(destination, end);
        for (const name of files) expect(numbersIn(name)).toEqual(ALL);
        for (const name of files) rmSync(join(folder, name));
      }
    },
    120_000,
  );
});
