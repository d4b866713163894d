module.exports = { ...require('../../jest.base.cjs'), displayName: 'logger-compliance' };
