import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redact } from '@metaexpert/logger-compliance';
import {
  consoleOutput,
  createLogger,
  type DestinationOptions,
  type Failure,
  type Logger,
  type Processor,
} from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { formatterPlugins } from '@metaexpert/logger-formatters';
import { file } from '@metaexpert/logger-transports-file';
import { alerts, http, spoolPlugin, syslog, webhook } from '@metaexpert/logger-transports-remote';

const messagesFile = join(__dirname, '../../../../shared/data/binance-messages.jsonl');
const messages: unknown[] = existsSync(messagesFile)
  ? readFileSync(messagesFile, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { message: unknown }).message) // prettier-ignore
  : [{ e: 'ORDER_TRADE_UPDATE', T: 1568879465651, o: { s: 'BTCUSDT', q: '0.005', list: [{ a: 'b' }] } }];

const KEY = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';
const SECRETS: readonly string[] = [
  KEY,
  Buffer.from(`id:${KEY}`).toString('base64'),
  Buffer.from(KEY).toString('hex'),
  JWT,
  'AKIA' + 'IOSFODNN7EXAMPLE',
  '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----',
  '4012888888881881',
  'DE89370400440532013000',
  'jane.doe@example.com',
  'KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617',
  'legal winner thank year wave sausage worth useful legal winner thank yellow',
];

/** A part of each that no format writes in another way. */
const TRACES: readonly string[] = [
  KEY.slice(4, -4),
  Buffer.from(`id:${KEY}`).toString('base64').slice(8, -8),
  Buffer.from(KEY).toString('hex').slice(4, -4),
  'dozjgNryP4J3jVmNHl0w5N',
  'IOSFODNN7',
  'MIIEvQIBADANBgkqhkiG9w0B',
  '128888888818',
  '704004405320',
  'jane.doe',
  'AjGmerYanjeui5SHS7Jkmp',
  'sausage',
];

const CARRIERS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `https://api.example.com/v3/order?symbol=BTCUSDT&note=${encodeURIComponent(secret)}&z=1`,
  (secret) => `X-Note: ${secret}\r\nAccept: */*`,
  (secret) => JSON.stringify({ body: JSON.stringify({ note: [secret] }) }),
];

const FORMATS = ['json', 'pretty', ...formatterPlugins.map(({ type }) => type)];

/** The message with one secret after another in the place of its leaves, beginning with one of them. */
function planted(value: unknown, next: () => string): unknown {
  if (typeof value !== 'object' || value === null) return next();
  if (Array.isArray(value)) return value.map((one) => planted(one, next));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, planted(one, next)]));
}

/** Secrets in every position of a message (the redaction's own tests plant each in each), in each place of a call, and as names. */
function logAll(log: Logger, carriers: typeof CARRIERS): void {
  // The first alert is sent at once, those behind it are put together.
  log.error(`could not use ${KEY}`);
  for (const [index, message] of messages.entries()) {
    let at = index;
    log.info(`message ${index}`, { body: planted(message, () => SECRETS[at++ % SECRETS.length] as string) });
  }
  for (const [index, secret] of SECRETS.entries()) {
    for (const carry of [carriers[index % carriers.length], carriers[(index + 1) % carriers.length]]) {
      const text = carry?.(secret) ?? '';
      const cause = Object.assign(new RangeError(text), { code: text, config: { headers: { note: text } } });
      log.error(text, new Error('rejected', { cause }), { url: text });
      log.critical(new AggregateError([new Error(text)], text));
      log.trade('order filled', { symbol: 'BTCUSDT', side: 'BUY', orderId: text, quantity: '1' });
      log.info('got %s', text);
      log.info('odd', {
        map: new Map([[text, { deep: [text] }]]), set: new Set([text]), bytes: Buffer.from(text), url: new URL(`https://x.y/?q=${encodeURIComponent(text)}`),
        symbol: Symbol(text), [text]: 1, thrown: { get it(): string { throw new Error(text); } },
      }); // prettier-ignore
      log.child({ bound: text }).warn('bound');
    }
  }
}

interface Places {
  readonly url: (path: string) => string;
  readonly udpPort: number;
  readonly folder: string;
}

function destinations({ url, udpPort, folder }: Places): DestinationOptions[] {
  const roomy = { queue: { maxRecords: 100_000, maxBytes: 256 * 1024 * 1024 } };
  return [
    ...FORMATS.map((format) => file({ name: format, path: join(folder, `${format}.log`), format, ...roomy })),
    consoleOutput({ format: 'pretty', ...roomy }),
    http({ name: 'http', url: url('/take'), ...roomy }),
    http({ name: 'refused', url: url('/refuse'), deadLetters: { path: join(folder, 'dead.jsonl') }, ...roomy }),
    { ...http({ name: 'down', url: 'http://127.0.0.1:9/' }), spool: { dir: join(folder, 'spool') } },
    syslog({ name: 'syslog', url: `syslog+udp://127.0.0.1:${udpPort}`, ...roomy }),
    alerts({
      name: 'alerts',
      channels: { team: webhook({ url: url('/chat'), minIntervalMs: 0 }) },
      rules: [{ name: 'all', when: { minLevel: 'debug' }, to: ['team'], template: '{message} {error} {bound} {url}' }],
    }),
  ];
}

/** Logs everything to every destination; answers all that has come out, by where. */
async function run(carriers: typeof CARRIERS, processors: Processor[]): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const out: Record<string, string[]> = { take: [], refuse: [], chat: [], syslog: [], console: [], failures: [] };
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      out[path]?.push(JSON.stringify(request.headers), Buffer.concat(chunks).toString());
      response.writeHead(path === 'refuse' ? 400 : 200).end();
    });
  }).listen(0, '127.0.0.1');
  const socket = createSocket('udp4').on('message', (text) => out['syslog']?.push(text.toString()));
  socket.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(socket, 'listening')]);
  const shown = jest.spyOn(process.stdout, 'write').mockImplementation((text: unknown, ...rest: unknown[]) => {
    out['console']?.push(String(text));
    rest.filter((one): one is () => void => typeof one === 'function').forEach((done) => done());
    return true;
  });
  const port = (server.address() as AddressInfo).port;
  const places = { url: (path: string) => `http://127.0.0.1:${port}${path}`, udpPort: socket.address().port, folder };
  try {
    const log = createLogger({
      sources: false,
      exitHooks: false,
      level: 'debug',
      redact: false,
      plugins: [...formatterPlugins, spoolPlugin],
      processors,
      destinations: destinations(places),
    });
    log.on('failure', (failure: Failure) => out['failures']?.push(failureText(failure)));
    logAll(log, carriers);
    const health = JSON.stringify(log.health());
    // On a busy machine these take longer than the end of a logger waits, beside one that is down.
    for (const where of ['chat', 'syslog']) await waitFor(where, () => (out[where] ?? []).length > 0, 60_000);
    const busy = () => log.health().filter(({ name, queued }) => name !== 'down' && queued > 0);
    await waitFor('all that is up to have its records', () => busy().length === 0, 60_000);
    await log.close({ timeoutMs: 2000 });
    const files = Object.fromEntries(readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')])); // prettier-ignore
    return { ...files, ...Object.fromEntries(Object.entries(out).map(([name, texts]) => [name, texts.join('\n')])), health }; // prettier-ignore
  } finally {
    shown.mockRestore();
    socket.close();
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function failureText({ error, ...rest }: Failure): string {
  return `${JSON.stringify(rest)} ${error.stack ?? ''} ${String(error.cause)}`;
}

/** Where which secrets can be read. */
function leaks(out: Record<string, string>): string[] {
  return Object.entries(out).flatMap(([where, text]) =>
    TRACES.filter((trace) => text.includes(trace)).map((trace) => `${trace} in ${where}`),
  );
}

describe('the corpus of secrets', () => {
  jest.setTimeout(120_000);

  it('leaks nothing in any format and at any destination, and would without redaction', async () => {
    const open = await run(CARRIERS.slice(0, 1), []);
    const hidden = await run(CARRIERS, [redact({ presets: ['exchanges', 'pci', 'gdpr'], protect: [KEY] })]);
    const everywhere = [...FORMATS.map((format) => `${format}.log`), 'console', 'take', 'refuse', 'dead.jsonl', 'syslog', 'chat']; // prettier-ignore
    const leaking = new Set(leaks(open).map((leak) => leak.slice(leak.lastIndexOf(' ') + 1)));
    expect(everywhere.filter((where) => !leaking.has(where))).toEqual([]);
    expect([...leaking].some((where) => where.endsWith('.spool') || /^\d+/.test(where))).toBe(true);
    expect(leaks(hidden)).toEqual([]);
    // Everything has arrived all the same.
    for (const where of everywhere) expect(hidden[where]?.length ?? 0).toBeGreaterThan(100);
  });
});
