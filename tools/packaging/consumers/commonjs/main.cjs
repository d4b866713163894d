const assert = require('node:assert/strict');

const { setupLogger } = require('@metaexpert/logger');
const { createLogger } = require('@metaexpert/logger-core');
const testing = require('@metaexpert/logger-core/testing');
const formatters = require('@metaexpert/logger-formatters');
const { file } = require('@metaexpert/logger-transports-file');

const destinations = [
  { type: 'console', format: 'json' },
  file({ path: 'logs/app.log', filter: { match: { to: 'file' } } }),
];
const log = createLogger({ sources: false, destinations });
log.info('hello console from commonjs', { quantity: '0.015' });
log.info('hello file from commonjs', { to: 'file' });
log.close().then((receipt) => {
  assert.equal(receipt.ok, true);
});

assert.equal(typeof setupLogger, 'function');
assert.equal(typeof testing.describeTransport, 'function');
assert.notEqual(Object.keys(formatters).length, 0);
