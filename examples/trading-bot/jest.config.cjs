module.exports = { ...require('../../jest.base.cjs'), displayName: 'trading-bot' };
