import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from './launch.mjs';

/** What a scenario gets in the harness: a directory of its own, children that cannot outlive it, and clean-up. */
export function createStage({ scenario, params, subject }) {
  const directory = mkdtempSync(join(tmpdir(), 'faults-'));
  chmodSync(directory, 0o777); // children may run as another user
  const children = [];
  const cleanups = [];
  return {
    subject,
    params,
    directory,
    isOurs: subject === 'ours',
    path: (...parts) => join(directory, ...parts),
    launch(options = {}) {
      const payload = { scenario: scenario.name, subject, params: { ...params, ...options.params }, directory };
      const child = launch({ deadlineMs: scenario.deadlineMs, ...options, payload });
      children.push(child);
      return child;
    },
    /** All that the children have reported so far. */
    reports: () => children.flatMap(({ reports }) => reports),
    onClean: (cleanup) => cleanups.push(cleanup),
    async clean() {
      for (const child of children) child.kill();
      await Promise.all(children.map((child) => child.ended));
      for (const cleanup of cleanups.reverse()) await cleanup();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
