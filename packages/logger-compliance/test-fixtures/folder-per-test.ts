import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for each test of the file that calls this; removed after the test. */
export function folderPerTest(): { path: (...names: string[]) => string } {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'mxl-seal-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  return { path: (...names) => join(folder, ...names) };
}
