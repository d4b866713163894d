import { createLogger } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, testRecord } from '@metaexpert/logger-core/testing';
import { redact } from './redact';

const KEY = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const SECRET = 'hunter2hunter2xyz';
const hex = Buffer.from(KEY).toString('hex');

describe('a secret that somebody tries to get past the redaction', () => {
  const hide = redact({ presets: ['exchanges'], protect: [KEY] });

  it.each([
    ['behind an arrow', `'apiKey' => '${SECRET}'`],
    ['on the next line, indented', `password:\n  ${SECRET}`],
    ['on the next line, quoted', `{"password":\r\n"${SECRET}", "more": 1} and text`],
    ['behind an index', `headers['x-mbx-apikey'] = '${SECRET}'`],
    ['in an assignment of a shell', `export MY_BINANCE_API_KEY="${SECRET}"`],
    ['with its name in percent-encoding, twice', `https://x/?%2561piKey%253D${SECRET}`],
    ['in hexadecimal of both cases', hex.replace(/[a-f]/, (digit) => digit.toUpperCase())],
    ['in upper-case hexadecimal', `x${hex.toUpperCase()}y`],
  ])('is hidden: %s', (_how, text) => {
    expect(hide.text(text)).not.toMatch(/hunter2|6d5055|6D5055/i);
    expect(hide(testRecord({ message: text }))?.message).not.toMatch(/hunter2|6D5055/i);
  });

  it('is hidden where a record that is too long was cut in the middle of it', async () => {
    const collected = new CollectingTransport();
    const log = createLogger({
      ...{ sources: false, exitHooks: false, redact: false, processors: [hide] },
      destinations: [destinationOf(collected)],
    });
    for (const form of [KEY, hex]) {
      for (const kept of [8, 30, 63])
        log.info('x', { text: 'y'.repeat(524_288 - kept) + form + 'z'.repeat(1_000_000) });
    }
    await log.close({ timeoutMs: 20_000 });
    expect(collected.payloads).toHaveLength(6);
    for (const line of collected.payloads) expect(line).toContain('y***[Truncated: ');
  });

  it('is hidden in lists under a plural, and an empty header hides nothing of the next', () => {
    expect(hide(testRecord({ fields: { apiKeys: [SECRET], BINANCE_PRIVATE_KEYS: { a: SECRET } } }))?.fields).toEqual({ apiKeys: '***', BINANCE_PRIVATE_KEYS: '***' }); // prettier-ignore
    expect(hide.text('Cookie:\r\nAccept: text')).toBe('Cookie:\r\nAccept: text');
  });
});
