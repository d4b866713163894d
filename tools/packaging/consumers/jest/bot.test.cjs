/* global expect, it */
const { setupLogger } = require('@metaexpert/logger');
const { createLogger } = require('@metaexpert/logger-core');
const { CollectingTransport } = require('@metaexpert/logger-core/testing');

it('logs inside a plain Jest project', async () => {
  const log = createLogger({ sources: false, exitHooks: false, destinations: [{ type: 'console', format: 'json' }] });
  log.info('hello from jest');
  const receipt = await log.close();
  expect(receipt.ok).toBe(true);
});

it('finds the batteries and the doubles', () => {
  expect(typeof setupLogger).toBe('function');
  expect(typeof CollectingTransport).toBe('function');
});
