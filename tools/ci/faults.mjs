import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root, run } from './run.mjs';

/** The disk's faults, each once: what a machine lacks is said by name, and in CI it is a failure. */
export const faultsCheck = {
  name: 'faults: records through every case of an unwell disk',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    try {
      const report = join(folder, 'rows.json');
      const { code, output } = await run(process.execPath, ['tools/faults/main.mjs', '--ci', '--json', report], {
        cwd: root,
      });
      const rows = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).rows : [];
      if (code !== 0) throw new Error([...rows.flatMap(failureOf), output].join('\n'));
      const skipped = rows.filter(({ results }) => results.ours.verdict === 'skipped');
      const names = skipped.map(({ name, results }) => `${name} (${results.ours.cell})`);
      const note = `${rows.length - skipped.length} rows`;
      return { note: names.length === 0 ? note : `${note}; skipped: ${names.join(', ')}` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Before the table: a reader of a cut log sees the beginning of what a check says. */
const failureOf = ({ name, results: { ours } }) =>
  ours.verdict === 'FAIL' ? [`${name}: ${ours.cell}`, ...ours.faults.map((fault) => `  - ${fault}`)] : [];
