// The import rule of .dependency-cruiser.cjs: it holds in the tree, and it bites on every file of the fixture.
import { mustRun, run, tool } from '../ci/run.mjs';

const fixture = 'tools/boundaries/fixture/packages';

/** File of the fixture to the rules that it breaks; a file that is not here must break none. */
const expected = {
  'logger-core/src/cycle-a.ts': ['no-cycle'],
  'logger-core/src/imports-a-stranger.ts': ['core-stays-small'],
  'logger-core/src/imports-upward.ts': ['layer-logger-core'],
  'logger-formatters/src/imports-a-sibling.ts': ['layer-logger-formatters'],
  'logger-transports-file/src/imports-a-sibling-by-path.ts': [
    'layer-logger-transports-file',
    'no-way-round-the-front-door',
  ],
  'logger/src/imports-a-test.ts': ['no-test-in-product'],
  'logger/src/imports-by-path.ts': ['no-way-round-the-front-door'],
  'logger/src/imports-deep.ts': ['no-deep-import', 'resolvable'],
};

const cruise = (folders, output) => tool('dependency-cruiser', [...folders, '--output-type', output], 'depcruise');

export const boundaryChecks = [
  {
    name: 'boundaries: the tree keeps the import rule',
    run: async () =>
      void (await mustRun(...cruise(['packages', 'examples', 'tools/bench', 'tools/faults'], 'err-long'))),
  },
  {
    name: 'boundaries: the rule bites on each kind of violation',
    async run() {
      const { stdout } = await run(...cruise([fixture], 'json'));
      const found = {};
      for (const { from, rule } of JSON.parse(stdout).summary.violations) {
        (found[from.slice(fixture.length + 1)] ??= new Set()).add(rule.name);
      }
      const print = (rules) =>
        Object.keys(rules)
          .sort()
          .map((file) => `${file}: ${[...rules[file]].sort().join(', ')}`)
          .join('\n');
      if (print(found) !== print(expected)) throw new Error(`expected\n${print(expected)}\nfound\n${print(found)}`);
      return { note: `${Object.keys(expected).length} violations seen` };
    },
  },
];
