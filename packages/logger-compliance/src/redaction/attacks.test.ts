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
    ['in hexadecimal with colons', `fingerprint ${hex.replace(/..(?=.)/g, '$&:')}`],
    ['in hexadecimal with blanks', hex.toUpperCase().replace(/..(?=.)/g, '$& ')],
    ['behind an equals sign of HTML', `<a>apiKey&#61;${SECRET}</a>`],
    ['behind one in hexadecimal', `apiKey&#x3D;${SECRET}`],
    ['in JSON in HTML', `<pre>{&quot;apiKey&quot;:&quot;${SECRET}&quot;}</pre>`],
    ['behind a name with escapes, in a sentence', `got {"\\u0061piKey":"${SECRET}"} back`],
    ['behind a name with escapes of strings', `'\\x61pi\\x4bey': '${SECRET}'`],
    ['behind a number', `api_secret_1=${SECRET}`],
  ])('is hidden: %s', (_how, text) => {
    expect(hide.text(text)).not.toMatch(/hunter2|6d.?50.?55/i);
    expect(hide(testRecord({ message: text }))?.message).not.toMatch(/hunter2|6D.?50.?55/i);
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

  it.each(['API-SIGNATURE', 'X-GEMINI-SIGNATURE', 'bfx-signature', 'BF-ACCESS-KEY', 'FTX-SIGN', 'X-Deribit-Sig'])(
    'is hidden in the header of an exchange: %s',
    (name) => {
      expect(hide.text(`${name}: ${SECRET}`)).toBe(`${name}: ***`);
      expect(hide(testRecord({ fields: { headers: { [name]: SECRET } } }))?.fields).toEqual({
        headers: { [name]: '***' },
      });
    },
  );

  it('is hidden under a name with a number, but what is numbered otherwise is not', () => {
    const secrets = {
      apiSecret1: SECRET,
      secret_2: SECRET,
      'API-KEY-03': SECRET,
      password10: SECRET,
      jwt2: SECRET,
      secret2026: SECRET,
    };
    const others = { token0: 'USDC', token1: 'WETH', auth0: 'tenant', symbol1: 'BTCUSDT' };
    const masked = Object.fromEntries(Object.keys(secrets).map((name) => [name, '***']));
    expect(hide(testRecord({ fields: { ...secrets, ...others } }))?.fields).toEqual({ ...masked, ...others });
  });

  it('is hidden as a list of words, each an element, wherever the list stands', () => {
    const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
    for (const value of [words, [words, 1], { deep: [[{ words }]] }, ['first', ...words], JSON.stringify({ words })]) {
      for (let round = 0; round < 2; round++) {
        const fields = hide(testRecord({ message: 'wallet made', fields: { value } }))?.fields;
        expect(JSON.stringify(fields)).not.toContain('sausage');
      }
    }
    const harmless = words.map((word) => (word === 'yellow' ? 'zoo' : word));
    expect(hide(testRecord({ fields: { harmless } }))?.fields).toEqual({ harmless });
  });

  it('takes no longer to look for as a list of words in lists in lists', () => {
    const deep = `${'["aa",'.repeat(150)}"${'x]['.repeat(300_000)}"${']'.repeat(150)}`;
    expect(hide.text(deep)).toBe(deep);
  });
});
