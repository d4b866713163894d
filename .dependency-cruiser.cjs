// The import rule of the packages: plugins never import each other, nothing imports upward, and a package is entered
// only through what its `exports` name. tools/boundaries/check.mjs runs it over the tree and over a fixture that breaks it.

const plugins = ['logger-formatters', 'logger-transports-file', 'logger-transports-remote', 'logger-compliance'];

/** Package folder to the package folders it may import. */
const mayImport = {
  'logger-core': [],
  ...Object.fromEntries(plugins.map((plugin) => [plugin, ['logger-core']])),
  logger: ['logger-core', ...plugins],
  'logger-cli': ['logger-core', ...plugins, 'logger'],
};

const packages = Object.keys(mayImport);
const names = packages.join('|');

// A package is met as a folder of this tree (a relative path, or a resolved symlink) or, when nothing is built yet, by name.
const anyOf = (list) => `(^|/)(packages|@metaexpert)/(${list.join('|')})(/|$)`;
const from = (folder) => `(^|/)packages/${folder}/`;

const layers = packages.map((folder) => ({
  name: `layer-${folder}`,
  comment: `${folder} may import ${mayImport[folder].join(', ') || 'no other package'}`,
  severity: 'error',
  // A decorator over any destination is tested over a real one: what is not in the product may meet a sibling.
  from: { path: from(folder), pathNot: '(^|/)packages/logger-compliance/(test-fixtures/|src/.*[.]test[.]ts$)' },
  to: { path: anyOf(packages.filter((other) => other !== folder && !mayImport[folder].includes(other))) },
}));

const coreNeeds = ['winston', 'winston-transport', 'triple-beam', 'ajv', 'logform', '@types/[^/]+'];

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'no-way-round-the-front-door',
      comment: 'another package is imported by its name, never by a path into its folder',
      severity: 'error',
      from: { path: `(^|/)(packages/(${names})|examples/[^/]+|tools/(bench|faults))/` },
      to: {
        path: '(^|/)packages/',
        pathNot: '(^|/)$2/',
        dependencyTypes: ['local'],
        dependencyTypesNot: ['aliased-workspace'],
      },
    },
    {
      name: 'no-deep-import',
      comment: 'only what `exports` names',
      severity: 'error',
      from: {},
      to: { path: `@metaexpert/(${names})/(src|dist)(/|$)` },
    },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-stays-small',
      comment: `core imports ${coreNeeds.slice(0, 4).join(', ')} and node`,
      severity: 'error',
      from: { path: `${from('logger-core')}src/`, pathNot: '[.]test[.]ts$' },
      to: { path: 'node_modules/', pathNot: `node_modules/(${coreNeeds.join('|')})/` },
    },
    {
      name: 'no-test-in-product',
      comment: 'tests are not built, so what imports one breaks in the tarball',
      severity: 'error',
      from: { path: '(^|/)packages/[^/]+/src/', pathNot: '[.]test[.]ts$' },
      to: { path: '[.]test[.]ts$' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    exclude: { path: '(^|/)(coverage|[.]nx)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['types', 'require', 'default'] },
  },
};
