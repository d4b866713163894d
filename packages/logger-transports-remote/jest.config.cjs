module.exports = { ...require('../../jest.base.cjs'), displayName: 'logger-transports-remote' };
