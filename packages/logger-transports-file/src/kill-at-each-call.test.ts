import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderPerTest, makeFolder } from '../test-fixtures/folder-per-test';
import { nameOf, numbersIn, numbersOver, range } from '../test-fixtures/read-back';
import { type Ended, runChild } from '../test-fixtures/run-child';
import { readManifest } from './archive/manifest';
import { keepFamily } from './keeper/keep-family';
import { resolveFileSettings } from './options/file-settings';
import { RotatingFile } from './rotation/rotating-file';

const DAY_S = 86_400;
const PER_FILE = 5;
/** Ages of the files put aside, by number, in days: one to archive, one to delete, one to compress. */
const AGES = [40, 2, 1];
const DELETED = 2;

/** Two children at a time; each at its own call, until one of them has come through. */
async function killAtEachCall(killed: (killAt: number) => Promise<Ended>): Promise<number> {
  for (let first = 1; ; first += 2) {
    const ends = await Promise.all([killed(first), killed(first + 1)]);
    const over = ends.find(({ signal }) => signal !== 'SIGKILL');
    if (over !== undefined) {
      expect(over).toMatchObject({ code: 0, stderr: '' });
      return (over.said.at(-1) as { calls: number }).calls;
    }
  }
}

describe('a process killed at any file call', () => {
  const folder = folderPerTest();

  it('while it deletes, compresses and archives leaves every record once after the next run, and whole archives', async () => {
    const nowMs = Date.now();
    const calls = await killAtEachCall(async (killAt) => {
      const home = folder.path(String(killAt));
      mkdirSync(home);
      AGES.forEach((age, index) => {
        const lines = range(index * PER_FILE + 1, (index + 1) * PER_FILE).map(
          (n) => `{"timestamp":"2026-11-21T08:00:00.${String(n).padStart(3, '0')}Z","n":${n},"seq":${n}}\n`,
        );
        writeFileSync(join(home, nameOf(index + 1)), lines.join(''));
        utimesSync(join(home, nameOf(index + 1)), nowMs / 1000 - age * DAY_S, nowMs / 1000 - age * DAY_S);
      });
      writeFileSync(join(home, 'app.log'), `{"n":${AGES.length * PER_FILE + 1}}\n`);
      const settings = resolveFileSettings({
        path: join(home, 'app.log'),
        compress: 'gzip',
        maxFiles: 2,
        archive: { path: join(home, 'old'), afterAge: '7d' },
      });
      const ended = await runChild('kill-at-call.cjs', { work: 'keep', killAt, params: { settings, nowMs } }).ended;

      expect(await keepFamily({ settings, livePath: settings.path, nowMs })).toEqual([]);
      expect(readdirSync(home).sort()).toEqual(['app.log', `${nameOf(3)}.gz`, 'old']);
      const archived = [`${nameOf(1)}.gz`];
      expect(readdirSync(join(home, 'old')).sort()).toEqual([...archived, 'manifest.jsonl'].sort());
      expect([
        ...archived.flatMap((name) => numbersIn(join(home, 'old', name))),
        ...numbersOver(settings.path),
      ]).toEqual(range(1, AGES.length * PER_FILE + 1).filter((n) => Math.ceil(n / PER_FILE) !== DELETED));
      const manifest = await readManifest(join(home, 'old'));
      expect(manifest.map(({ name, firstSeq, lastSeq, records }) => [name, firstSeq, lastSeq, records])).toEqual(
        archived.map((name, index) => [name, index * PER_FILE + 1, (index + 1) * PER_FILE, PER_FILE]),
      );
      for (const { name, sha256 } of manifest) {
        const digest = createHash('sha256').update(readFileSync(join(home, 'old', name)));
        expect(digest.digest('hex')).toBe(sha256);
      }
      return ended;
    });
    expect(calls).toBeGreaterThan(30);
  }, 120_000);

  it('while it rotates leaves every acknowledged record once, in order', async () => {
    const calls = await killAtEachCall(async (killAt) => {
      const home = makeFolder();
      const settings = resolveFileSettings({ path: join(home, 'app.log'), maxSize: 30 });
      const params = { settings, from: 1, count: 8 };
      const ended = await runChild('kill-at-call.cjs', { work: 'rotate', killAt, params }).ended;
      const acknowledged = ended.said.flatMap(({ acknowledged: n }) => (typeof n === 'number' ? [n] : []));

      const file = new RotatingFile({ settings, changed: () => undefined });
      await file.prepare();
      expect(await file.append(Buffer.from('{"n":1000}\n'))).toBe('written');
      file.close();
      const found = numbersOver(settings.path);
      expect(found).toEqual([...range(1, found.length - 1), 1000]);
      expect(found.length - 1).toBeGreaterThanOrEqual(acknowledged.length);
      expect(existsSync(settings.path)).toBe(true);
      rmSync(home, { recursive: true });
      return ended;
    });
    expect(calls).toBeGreaterThan(12);
  }, 120_000);
});
