module.exports = {
  ...require('../../jest.base.cjs'),
  displayName: 'logger-transports-file',
  // Children whose deadlines are measured run at the same time: no more of them than a small machine has cores.
  maxConcurrency: 2,
};
