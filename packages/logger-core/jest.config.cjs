module.exports = { ...require('../../jest.base.cjs'), displayName: 'logger-core' };
