// Loads parts of this package, which the build puts into one file, from their source.
const { join } = require('node:path');
const { transformFileSync } = require('@swc/core');

const options = {
  swcrc: false,
  sourceMaps: 'inline',
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  module: { type: 'commonjs' },
};
require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path, options).code, path);

/** @param {string} name - path in `src`, without its ending */
exports.fromSource = (name) => require(join(__dirname, '..', 'src', name));
