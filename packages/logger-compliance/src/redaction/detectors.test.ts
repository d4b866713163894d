import { generateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { type DetectorName } from './redact-options';
import { redact } from './redact';

/** The text with what one detector finds in it hidden. */
function shown(value: DetectorName, text: string): string {
  return redact({ values: [value] }).text(text);
}

const WIF = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const XPRV =
  'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi';
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

// Published examples: RFC 7519, RFC 7617, AWS, Bitcoin's wiki, BIP-32, BIP-39, BIP-173, BIP-350, EIP-55, card schemes' test
// numbers, the IBAN registry. Tokens are put together here, so that no scanner takes this file for a leak.
const FOUND: [DetectorName, string][] = [
  ['jwt', 'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'],
  ['cloud-key', 'AKIA' + 'IOSFODNN7EXAMPLE'],
  ['cloud-key', 'AIza' + 'SyA1234567890abcdefghijklmnopqrstuv'],
  ['cloud-key', 'ghp_' + 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['cloud-key', 'github_pat_' + '11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
  ['cloud-key', 'xoxb-' + '123456789012-abcdefghijkl'],
  ['cloud-key', 'sk_live_' + 'abcdefghijklmnop'],
  ['cloud-key', '123456789:AA' + 'abcdefghijklmnopqrstuvwxyzABCDEFG'],
  ['card', '4111111111111111'],
  ['card', '5555 5555 5555 4444'],
  ['card', '3782-822463-10005'],
  ['card', '6011111111111117'],
  ['card', '3530111333300000'],
  ['iban', 'DE89370400440532013000'],
  ['iban', 'GB82 WEST 1234 5698 7654 32'],
  ['iban', 'NO9386011117947'],
  ['email', 'first.last+tag@sub.example.co.uk'],
  ['phone', '+49 30 1234567'],
  ['phone', '+14155552671'],
  ['bitcoin-address', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'],
  ['bitcoin-address', '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'],
  ['bitcoin-address', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
  ['bitcoin-address', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'],
  ['ethereum-address', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
  ['ethereum-address', '0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed'],
  ['wallet-key', WIF],
  ['wallet-key', XPRV],
  ['seed-phrase', PHRASE],
  ['seed-phrase', `${'abandon '.repeat(11)}about`],
  ['pem', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\nIA==\n-----END EC PRIVATE KEY-----'],
]; // prettier-ignore

/** Like those, but for the check that makes them what they are. */
const NOT_FOUND: [DetectorName, string][] = [
  ['card', '4111111111111112'],
  ['card', '1625474304765'],
  ['card', '0.4111111111111111'],
  ['card', 'a4111111111111111'],
  ['card', '4111111111111111.5'],
  ['card', '41111111111111114111'],
  ['card', '1234567890123452'],
  ['iban', 'DE88370400440532013000'],
  ['iban', 'DE8937040044053201300'],
  ['email', 'node_modules/@scope/name@1.2.3/x.js'],
  ['bitcoin-address', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3'],
  ['bitcoin-address', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5'],
  ['ethereum-address', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed'],
  ['ethereum-address', `0x${'ab'.repeat(32)}`],
  ['wallet-key', WIF.replace('5Hue', '5Huf')],
  ['wallet-key', XPRV.slice(0, -1) + 'j'],
  ['seed-phrase', `${'abandon '.repeat(11)}ability`],
  ['seed-phrase', PHRASE.replace('sausage', 'sausages')],
  ['pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['jwt', 'eyJhbGciOiJIUzI1NiJ9 and no more'],
  ['authorization', 'the bearer certificates and basic information'],
  ['cloud-key', 'AKIA is how they begin'],
]; // prettier-ignore

describe('detectors', () => {
  it.each(FOUND)('find by its form: %s %s', (name, secret) => {
    for (const [before, after] of [
      ['', ''],
      ['a: ', ''],
      ['"', '" x'],
      ['(', ').'],
      ['x=', '&y=1'],
      ['\n', '\n'],
    ]) {
      const hidden = shown(name, `${before}${secret}${after}`);
      expect(hidden).not.toContain(secret);
      expect(hidden.startsWith(`${before}***`)).toBe(true);
      expect(hidden.endsWith(after!)).toBe(true);
    }
    expect(shown(name, `q?x=${encodeURIComponent(secret)}&y=1`)).toBe('q?x=***&y=1');
    expect(shown(name, JSON.stringify({ x: JSON.stringify([secret]) }))).toBe('{"x":"[\\"***\\"]"}');
  });

  it.each(NOT_FOUND)('leave what fails the check: %s %s', (name, text) => {
    for (const around of [text, ` ${text} `, `x=${text}&y=1`]) expect(shown(name, around)).toBe(around);
  });

  it('find seed phrases as people write them', () => {
    for (let round = 0; round < 20; round++) {
      const words = generateMnemonic(wordlist, round % 2 === 0 ? 128 : 256).split(' ');
      const numbered = words.map((word, index) => `${index + 1}. ${word.toUpperCase()}`).join('\n');
      for (const text of [words.join(', '), numbered, JSON.stringify(words)]) {
        const rest = shown('seed-phrase', `it says: <${text}> end`).match(/[A-Za-z]{3,}/g);
        expect(rest).toEqual(['says', 'end']);
      }
    }
  });

  it('find what stands behind the name of a secret, however it is written', () => {
    const hide = redact({ presets: ['exchanges'] });
    const cases: [string, string][] = [
      ['GET /api/v3/order?symbol=BTCUSDT&timestamp=1&signature=8a7fa9 HTTP/1.1', 'GET /api/v3/order?symbol=BTCUSDT&timestamp=1&signature=*** HTTP/1.1'],
      ['X-MBX-APIKEY: vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A', 'X-MBX-APIKEY: ***'],
      ['OK-ACCESS-PASSPHRASE=pass; x=1', 'OK-ACCESS-PASSPHRASE=***; x=1'],
      ["curl -H 'Authorization: Signature a=1, b=2' https://x", "curl -H 'Authorization: ***' https://x"],
      ['Authorization: Basic dTpw', 'Authorization: ***'],
      ['sent Bearer abc12345xyz to them', 'sent Bearer *** to them'],
      ['sent basic dXNlcjpwYXNz', 'sent basic ***'],
      ['got {"apiKey":"a b","n":1} back', 'got {"apiKey":"***","n":1} back'],
      ['got {\\"secretKey\\":\\"a b\\"} back', 'got {\\"secretKey\\":\\"***\\"} back'],
      ["{ password: 'it\\'s', user: 'x' }", "{ password: '***', user: 'x' }"],
      ['redirect=https%3A%2F%2Fx%3FapiKey%3Dabc%26signature%3Ddef%26z%3D1', 'redirect=https%3A%2F%2Fx%3FapiKey%3D***%26signature%3D***%26z%3D1'],
      ['double=https%253A%252F%252Fx%253Fpassword%253Dabc', 'double=https%253A%252F%252Fx%253Fpassword%253D***'],
      ['wss://stream/ws?listenKey=pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1', 'wss://stream/ws?listenKey=***'],
      ['redis://:hunter2@cache:6379/0', 'redis://:***@cache:6379/0'],
      ['https://hooks.slack.com/services/' + 'T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX', 'https://hooks.slack.com/services/***'],
      ['baseToken=USDT quoteAsset: BTC https://x:8080/a', 'baseToken=USDT quoteAsset: BTC https://x:8080/a'],
    ]; // prettier-ignore
    for (const [text, expected] of cases) expect(hide.text(text)).toBe(expected);
  });

  it('take a pattern of one’s own, whole or its group', () => {
    const hide = redact({
      patterns: [
        { name: 'desk', pattern: 'desk-(?<secret>\\d+)' },
        { name: 'ref', pattern: /R\d/ },
      ],
    });
    expect(hide.text('desk-42 R1 R2')).toBe('desk-*** *** ***');
  });
});
