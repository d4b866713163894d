import { type ConfigError, createLogger, definePlugin, type LoggerOptions } from '@metaexpert/logger-core';
import { CollectingTransport } from '@metaexpert/logger-core/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatterPlugins } from '../formatter-plugins';

const folder = mkdtempSync(join(tmpdir(), 'formats-'));
const before = { ...process.env };

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What one destination writes of a record when its `format` stands in a file, over which the environment goes. */
async function written(format: unknown, environment: Record<string, string> = {}): Promise<string> {
  const path = join(folder, 'logger.json');
  writeFileSync(path, JSON.stringify({ destinations: [{ type: 'kept', format }] }));
  Object.assign(process.env, { METAEXPERT_LOG_CONFIG: path, ...environment });
  return logged({});
}

async function logged(options: LoggerOptions): Promise<string> {
  const collected = new CollectingTransport();
  const kept = definePlugin({ kind: 'transport', type: 'kept', schema: {}, create: () => collected });
  const log = createLogger({ name: 'bot', exitHooks: false, plugins: [kept, ...formatterPlugins], ...options });
  log.info('order placed', { symbol: 'BTCUSDT', quantity: '0.015', account: { id: 7, owner: 'alice' } });
  await log.close();
  return collected.payloads[0]!;
}

function mistakes(format: unknown): readonly string[] {
  try {
    createLogger({
      ...{ sources: false, exitHooks: false, plugins: formatterPlugins },
      destinations: [{ type: 'console', format: format as string }],
    });
  } catch (thrown) {
    return (thrown as ConfigError).issues.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('a format with options in plain configuration', () => {
  it('is that of a JSON file', async () => {
    expect(await written({ name: 'text', template: '{level} {message}: {fields.symbol}' })).toBe(
      'info order placed: BTCUSDT',
    );
    const chosen = { name: 'ecs', include: ['symbol', 'account.id'], rename: { symbol: 'pair' }, namespace: 'bot' };
    expect(JSON.parse(await written(chosen))).toMatchObject({ bot: { pair: 'BTCUSDT', account: { id: 7 } } });
    const epoch = { name: 'logfmt', timestamp: { epoch: 'ms' }, exclude: ['account', 'id'] };
    expect(await written(epoch)).toMatch(
      /^\S+=\d{13} .*symbol=BTCUSDT quantity=0\.015 pid=\S+ thread=0 host=\S+ seq=1$/,
    );
  });

  it('is changed by the environment: an option, an option of what was only a name, the formatter itself', async () => {
    const template = { METAEXPERT_LOG_DESTINATIONS__0__FORMAT__TEMPLATE: '{fields.symbol} {fields.quantity}' };
    expect(await written({ name: 'text', template: '{message}' }, template)).toBe('BTCUSDT 0.015');
    expect(await written('text', template)).toBe('BTCUSDT 0.015');
    Reflect.deleteProperty(process.env, Object.keys(template)[0]!);
    const other = { METAEXPERT_LOG_DESTINATIONS__0__FORMAT__NAME: 'json' };
    expect(JSON.parse(await written({ name: 'text', template: '{message}' }, other))).toMatchObject({ seq: 1 });
    const list = { METAEXPERT_LOG_DESTINATIONS__0__FORMAT__INCLUDE: '["quantity"]' };
    expect(
      await written({ name: 'trade' }, { ...list, METAEXPERT_LOG_DESTINATIONS__0__FORMAT__NAME: 'trade' }),
    ).not.toContain('BTC');
  });

  it('is that of code', async () => {
    const options = { sources: false, destinations: [{ type: 'kept', format: { name: 'text', template: '{seq}' } }] };
    expect(await logged(options)).toBe('1');
  });

  it('is refused with a line for each mistake: where, what was given, what is allowed, what is nearest', () => {
    expect(mistakes({ name: 'text', templat: '{seq}', include: 'symbol' })).toEqual([
      "destinations[0].format.templat: unknown option (did you mean 'template'?); known are name, include, exclude, rename, template, timestamp",
      "destinations[0].format.include: 'symbol' is not an array",
    ]);
    expect(mistakes({ name: 'logfnt' })).toEqual([
      expect.stringMatching(
        /^destinations\[0\]\.format\.name: 'logfnt' is not one of json, pretty, text, logfmt, .*\(did you mean 'logfmt'\?\)$/,
      ),
    ]);
    expect(mistakes({ template: '{seq}' })).toEqual(['destinations[0].format.name: is missing']);
    expect(mistakes({ name: 'ecs', timestamp: { digits: 4 } })).toEqual([
      'destinations[0].format.timestamp.digits: 4 is not one of 3, 6, 9',
    ]);
  });

  it('is refused for what only the formatter itself can tell', () => {
    expect(mistakes({ name: 'text', timestamp: { zone: 'Mars/Olympus' } })).toEqual([
      expect.stringMatching(/^destinations\[0\]\.format\.timestamp\.zone: .*Mars\/Olympus/),
    ]);
    expect(mistakes({ name: 'ecs', namespace: 'event' })).toEqual([
      "destinations[0].format.namespace: 'event' is a name of ECS itself",
    ]);
  });
});
