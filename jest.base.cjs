// What every package's jest.config.cjs spreads. Sibling packages are imported through node_modules, that is from
// their dist builds, as a consumer would: hence no moduleNameMapper.
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/src/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  // A test that leaves a handle open has found a leak; forcing the exit would hide it.
  forceExit: false,
  // Not a limit on speed: a loaded machine must not turn a slow run of a property into a failure.
  testTimeout: 30_000,
  coverageProvider: 'v8',
};
