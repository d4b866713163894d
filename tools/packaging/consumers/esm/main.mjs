import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

import { setupLogger } from '@metaexpert/logger';
import { createLogger } from '@metaexpert/logger-core';
import * as testing from '@metaexpert/logger-core/testing';
import * as formatters from '@metaexpert/logger-formatters';
import { file } from '@metaexpert/logger-transports-file';

const destinations = [
  { type: 'console', format: 'json' },
  file({ path: 'logs/app.log', filter: { match: { to: 'file' } } }),
];
const log = createLogger({ sources: false, destinations });
log.info('hello console from esm', { quantity: '0.015' });
log.info('hello file from esm', { to: 'file' });
const receipt = await log.close();
assert.equal(receipt.ok, true);

// One build serves both kinds of import, so the module cannot be loaded twice.
const require = createRequire(import.meta.url);
assert.equal(require('@metaexpert/logger-core').createLogger, createLogger);
assert.equal(typeof setupLogger, 'function');
assert.equal(typeof testing.describeTransport, 'function');
assert.notEqual(Object.keys(formatters).length, 0);
