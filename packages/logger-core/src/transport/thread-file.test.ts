import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../../test/child-process';
import { threadFile } from './thread-file';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'thread-file-')));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the program of a package's thread", () => {
  const options = { name: 'some-thread.js', packageName: 'some-package', from: folder };
  const dist = join(folder, 'node_modules', 'some-package', 'dist');

  it('that is nowhere is an error which says what to tell the bundler', () => {
    expect(() => threadFile({ ...options, packageName: 'no-package', beside: folder })).toThrow(
      expect.objectContaining({
        code: 'MXL_THREAD_FILE_MISSING',
        message: expect.stringContaining('keep no-package out of the bundle (external)'),
      }),
    );
  });

  it('is found in the installed package by an application that was bundled, and beside the code where it is', async () => {
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, '..', 'package.json'), '{ "name": "some-package", "main": "dist/index.js" }');
    for (const name of ['index.js', 'some-thread.js']) writeFileSync(join(dist, name), '');
    // In a process of its own: Jest resolves modules its own way.
    const found = async (): Promise<string> => {
      const given = JSON.stringify({ ...options, beside: folder });
      return (await runChild(`process.stdout.write(core.threadFile(${given}))`)).stdout;
    };
    expect(await found()).toBe(join(dist, 'some-thread.js'));
    writeFileSync(join(folder, 'some-thread.js'), '');
    expect(await found()).toBe(join(folder, 'some-thread.js'));
  });
});
