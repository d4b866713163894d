import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../logger/create-logger';
import { definePlugin } from '../plugin/plugin';
import { CollectingTransport, destinationOf } from '../testing';
import { fromArgv } from './argv';
import { nearestWord } from './nearest-word';
import { explainConfig } from './resolve';
import { type LoggerOptions } from './logger-options';

const environment = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'config-'));

afterEach(() => {
  for (const name of Object.keys(process.env))
    if (name.startsWith('METAEXPERT_LOG_')) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, environment);
});
afterAll(() => rmSync(folder, { recursive: true }));

function configFile(text: string): void {
  const path = join(folder, 'logger.json');
  writeFileSync(path, text);
  process.env['METAEXPERT_LOG_CONFIG'] = path;
}

/** `value (source)` of one key. */
function explained(options: LoggerOptions | 'production', path: string): string {
  const found = explainConfig(options).find((one) => one.path === path);
  return `${String(found?.value)} (${String(found?.source)})`;
}

function mistakes(options: unknown): string[] {
  try {
    createLogger(options as LoggerOptions);
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: 'ConfigError', code: 'MXL_CONFIG_INVALID' });
    return (thrown as Error).message.split('\n');
  }
  throw new Error('no mistake was found');
}

/** A value so many objects deep: deeper than anybody looks for secrets. */
function nested(depth: number, value: unknown): unknown {
  return depth === 0 ? value : { inner: nested(depth - 1, value) };
}

describe('what a plugin checks by itself', () => {
  const checked = definePlugin<{ url: string; name?: string }>({
    kind: 'transport',
    type: 'checked',
    schema: { url: { type: 'string' }, auth: {}, proxy: {}, tls: {} },
    check: (placed) =>
      placed
        .filter(({ options, valid }) => valid && !String(options['url']).startsWith('good:'))
        .map(({ where }) => ({ path: `${where}.url`, message: 'is no good' })),
    create: () => new CollectingTransport(),
  });
  const options = (url: unknown, more: object = {}): LoggerOptions => ({
    plugins: [checked],
    sources: false,
    destinations: [{ type: 'checked', url, ...more }],
  });

  it('is a mistake of the configuration too, told with all others', () => {
    expect(mistakes({ ...options('bad:'), level: 'inf' })).toEqual([
      expect.stringContaining("level: 'inf' is not one of"),
      'destinations[0].url: is no good',
    ]);
    expect(() => explainConfig(options('good:'))).not.toThrow();
  });

  it('is asked only of what the schema let through, and of destinations in use', () => {
    expect(mistakes(options(7))).toEqual(['destinations[0].url: 7 is not a string']);
    expect(() => explainConfig(options('bad:', { enabled: false }))).not.toThrow();
  });

  it('is explained without its secrets', () => {
    const secrets = {
      auth: { bearer: 'S3CRET' },
      proxy: 'http://me:S3CRET@proxy:3128',
      tls: { ca: 'ca.pem', passphrase: 'S3CRET', key: '-----BEGIN PRIVATE KEY-----\nS3CRET' },
    };
    const all = explainConfig({
      ...options('good://me:S3CRET@host/p', secrets),
      fields: { apiKey: 'S3CRET', hosts: [{ token: 'S3CRET' }, 'http://me:S3CRET@host'], deep: nested(20, 'S3CRET') },
    });
    expect(JSON.stringify(all)).not.toContain('S3CRET');
    const shown = Object.fromEntries(all.map(({ path, value }) => [path, value]));
    expect(shown).toMatchObject({
      'destinations[0].url': 'good://***@host/p',
      'destinations[0].proxy': 'http://***@proxy:3128',
      'destinations[0].tls': { ca: 'ca.pem', passphrase: '***', key: '***' },
    });
  });
});

describe('the sources of the configuration', () => {
  it('count in this order: command line, code, environment, file, preset, default', () => {
    configFile(
      '{ "shutdownTimeoutMs": 3, "level": "critical", "preset": "development", "levels": { "file": "debug" } }',
    );
    process.env['METAEXPERT_LOG_LEVEL'] = 'error';
    process.env['METAEXPERT_LOG_SHUTDOWN_TIMEOUT_MS'] = '4';
    const argv = fromArgv(['node', 'bot.js', '--log-level', 'warning', '--other', 'x']);
    expect(explained({ level: 'trade', ...argv }, 'level')).toBe('warning (command line)');
    expect(explained({ level: 'trade' }, 'level')).toBe('trade (code)');
    expect(explained({}, 'level')).toBe('error (environment)');
    expect(explained({}, 'shutdownTimeoutMs')).toBe('4 (environment)');
    delete process.env['METAEXPERT_LOG_LEVEL'];
    delete process.env['METAEXPERT_LOG_SHUTDOWN_TIMEOUT_MS'];
    expect(explained({}, 'level')).toBe('critical (file)');
    expect(explained({}, 'shutdownTimeoutMs')).toBe('3 (file)');
    expect(explained({}, 'destinations[0].format')).toBe('pretty (preset)');
    configFile('{}');
    expect(explained({ preset: 'development' }, 'level')).toBe('debug (preset)');
    expect(explained({}, 'level')).toBe('info (default)');
    expect(explained({}, 'shutdownTimeoutMs')).toBe('2000 (default)');
  });

  it('leave environment and file alone under sources: false', () => {
    configFile('not even JSON');
    process.env['METAEXPERT_LOG_LEVEL'] = 'nonsense';
    expect(explained({ sources: false }, 'level')).toBe('info (default)');
  });

  it('merge sections key by key, and reach into destinations from the environment', () => {
    configFile('{ "levels": { "exchange": "debug" }, "fields": { "region": "eu" } }');
    process.env['METAEXPERT_LOG_LEVELS__EXCHANGE.WS'] = 'error';
    process.env['METAEXPERT_LOG_DESTINATIONS__0__QUEUE__MAX_RECORDS'] = '500';
    process.env['METAEXPERT_LOG_FIELDS'] = '{"desk":"x"}';
    const options: LoggerOptions = {
      levels: { bot: 'info' },
      destinations: [
        { type: 'console', queue: { maxRecords: 10 } },
        { type: 'console', name: 'b' },
      ],
    };
    expect(explained(options, 'levels.exchange')).toBe('debug (file)');
    expect(explained(options, 'levels.exchange.ws')).toBe('error (environment)');
    expect(explained(options, 'levels.bot')).toBe('info (code)');
    expect(explained(options, 'fields.desk')).toBe('x (environment)');
    expect(explained(options, 'fields.region')).toBe('eu (file)');
    expect(explained(options, 'destinations[0].queue.maxRecords')).toBe('10 (code)');
    expect(explained('production', 'destinations[0].queue.maxRecords')).toBe('500 (environment)');
    delete process.env['METAEXPERT_LOG_DESTINATIONS__0__QUEUE__MAX_RECORDS'];
    process.env['METAEXPERT_LOG_DESTINATIONS__CONSOLE__LEVEL'] = 'trade';
    expect(explained('production', 'destinations[0].level')).toBe('trade (environment)');
    expect(explained('production', 'destinations[0].format')).toBe('json (preset)');
  });

  it('say which destination a key was meant for and does not name', () => {
    process.env['METAEXPERT_LOG_DESTINATIONS__CONSOEL__LEVEL'] = 'trade';
    expect(() => explainConfig('production')).toThrow(
      "destinations.consoel: names none of console (did you mean 'console'?), nor an index",
    );
    const destinations = { 1: { level: 'debug' } } as never;
    expect(() => explainConfig({ sources: false, destinations })).toThrow('destinations.1: names none of console');
    // What code says stands in the place of all that.
    expect(() => explainConfig({ destinations: [{ type: 'console', name: 'screen-1' }] })).not.toThrow();
    delete process.env['METAEXPERT_LOG_DESTINATIONS__CONSOEL__LEVEL'];
    const over = { ...fromArgv(['--log-destinations.SCREEN_1.level=error']) };
    const file = { destinations: [{ type: 'console', name: 'screen-1' }] };
    configFile(JSON.stringify(file));
    expect(explained(over, 'destinations[0].level')).toBe('error (command line)');
  });

  it('say where a mistake comes from that does not stand in the code', () => {
    configFile('{ "level": "inf", "name": "bot" }');
    process.env['METAEXPERT_LOG_SHUTDOWN_TIMEOUT_MS'] = 'soon';
    const options = { redact: 1, ...fromArgv(['--log-preset=prod']) } as unknown as LoggerOptions;
    expect(() => explainConfig(options)).toThrow(
      expect.objectContaining({
        issues: expect.arrayContaining([
          { path: 'level', message: expect.stringMatching(/\(from the file\)$/) },
          { path: 'shutdownTimeoutMs', message: "'soon' is not a number (from the environment)" },
          { path: 'preset', message: expect.stringMatching(/\(from the command line\)$/) },
          { path: 'redact', message: expect.not.stringContaining('from the') },
        ]),
      }),
    );
  });

  it("know winston's names, and say what they are here", () => {
    expect(() => explainConfig({ sources: false, defaultMeta: {}, transports: [] } as LoggerOptions)).toThrow(
      expect.objectContaining({
        issues: [
          expect.objectContaining({ message: expect.stringContaining("(winston's; here it is fields)") }),
          expect.objectContaining({
            message: expect.stringContaining('here it is destinations: [fromWinston(transport)]'),
          }),
        ],
      }),
    );
  });

  it('leave alone what belongs to other programs', () => {
    process.env['METAEXPERT_LOG_DIR'] = 'logs';
    process.env['METAEXPERT_LOG_CONSTRUCTOR'] = 'x';
    process.env['METAEXPERT_LOG_TO_STRING'] = 'x';
    expect(() => explainConfig()).not.toThrow();
  });

  it('never change what the caller passed', () => {
    const options = {
      level: 'INFO',
      levels: { a: 'DEBUG' },
      destinations: [{ type: 'console', level: 'ERROR', filter: { minLevel: 'WARN' } }],
    };
    const before = structuredClone(options);
    const log = createLogger({ ...options, sources: false, exitHooks: false } as LoggerOptions);
    expect([log.level, log.named('a').level]).toEqual(['info', 'debug']);
    expect(options).toEqual(before);
  });

  it('say in one go what is wrong with a file', () => {
    configFile('{ "level": }');
    expect(() => explainConfig()).toThrow(
      expect.objectContaining({ code: 'MXL_CONFIG_FILE', message: expect.stringContaining('is not JSON') }),
    );
    configFile('[]');
    expect(() => explainConfig()).toThrow('does not hold a JSON object');
    process.env['METAEXPERT_LOG_CONFIG'] = join(folder, 'absent.json');
    expect(() => explainConfig()).toThrow(expect.objectContaining({ code: 'MXL_CONFIG_FILE' }));
  });

  it('understand the command line in both spellings, with dots for what is nested', () => {
    const argv = [
      '--log-level=debug',
      '--log-shutdown-timeout-ms',
      '500',
      '--log-levels.exchange.ws=error',
      '--log-redact.defaults=false',
      '--log-name',
      '42',
    ];
    expect(fromArgv(argv)).toMatchObject({
      level: 'debug',
      shutdownTimeoutMs: 500,
      levels: { 'exchange.ws': 'error' },
      redact: { defaults: false },
      name: '42',
    });
    expect(fromArgv(['--verbose', '--login', 'x'])).toEqual({});
  });
});

describe('a wrong configuration', () => {
  it('is also what a plugin says of all its destinations together, beside the mistakes that schemas find', () => {
    const seen: string[] = [];
    const plugin = definePlugin({
      kind: 'transport',
      type: 'pager',
      schema: { number: { type: 'string' } },
      check: (destinations) => {
        seen.push(...destinations.map(({ where, options }) => `${where} ${String(options['number'])}`));
        return [{ path: 'destinations[2].number', message: 'is called by destinations[1] already' }];
      },
      create: () => new CollectingTransport(),
    });
    const pager = (number: unknown, more: object = {}): object => ({ type: 'pager', number, ...more });
    const destinations = [{ type: 'console' }, pager('1', { name: 'a' }), pager('1'), pager(5, { enabled: false })];
    expect(mistakes({ sources: false, plugins: [plugin], destinations })).toEqual([
      'destinations[3].number: 5 is not a string',
      'destinations[2].number: is called by destinations[1] already',
    ]);
    expect(seen).toEqual(['destinations[1] 1', 'destinations[2] 1']);
  });

  it('says where, what was given, what is allowed, and the nearest word', () => {
    expect(
      mistakes({
        sources: false,
        destinations: [{ type: 'console' }, { type: 'console', queue: { overflow: 'drop-oldest' } }],
      }),
    ).toEqual([
      "destinations[1].queue.overflow: 'drop-oldest' is not one of drop_oldest, drop_newest, drop_below, block, spool (did you mean 'drop_oldest'?)",
    ]);
  });

  it('tells all mistakes in one go, and has opened nothing', () => {
    let opened = 0;
    const plugin = {
      kind: 'transport' as const,
      type: 'counted',
      create: () => (opened += 1) && new CollectingTransport(),
    };
    const lines = mistakes({
      sources: false,
      plugins: [plugin],
      level: 'INFOO',
      levells: {},
      shutdownTimeoutMs: 'soon',
      clock: {},
      format: 'json',
      processors: [5],
      destinations: [
        { type: 'counted' },
        { type: 'consle' },
        { type: 'console', name: 'x', quue: {} },
        { type: 'console', name: 'x', queue: { maxRecords: 0 } },
        {},
      ],
    });
    expect(opened).toBe(0);
    for (const expected of [
      "level: 'INFOO' is not one of critical, error, warning, trade, info, debug (did you mean 'info'?)",
      expect.stringMatching(/^levells: unknown option \(did you mean 'levels'\?\); known are preset, name/),
      "shutdownTimeoutMs: 'soon' is not a number",
      'clock: is not an object with a function now()',
      expect.stringMatching(/^format: is not a winston format/),
      expect.stringMatching(/^processors\[0\]: is neither a function/),
      expect.stringMatching(
        /^destinations\[1\]\.type: 'consle' is not one of console, counted \(did you mean 'console'\?\)/,
      ),
      expect.stringMatching(/^destinations\[2\]\.quue: unknown option \(did you mean 'queue'\?\)/),
      "destinations[3].name: 'x' is the name of another destination",
      expect.stringMatching(/^destinations\[3\]\.queue\.maxRecords: 0 /),
      'destinations[4].type: is missing',
    ]) {
      expect(lines).toContainEqual(expected);
    }
  });

  it.each<[string, unknown]>([
    ['an unknown preset', 'produktion'],
    ['a number', 5],
    ['a list', []],
    [
      'a spool that nobody brings',
      { sources: false, destinations: [{ type: 'console', queue: { overflow: 'spool' } }] },
    ],
    ['a bad value of the redaction', { sources: false, redact: true }],
  ])('is also %s', (_what, options) => {
    expect(mistakes(options).length).toBeGreaterThan(0);
  });

  it('checks the keys of a plugin by its own schema', () => {
    const plugin = {
      kind: 'transport' as const,
      type: 'pager',
      schema: { type: 'object', properties: { url: { type: 'string' } }, required: ['url'] },
      create: () => new CollectingTransport(),
    };
    const pagers = [{ type: 'pager' }, { type: 'pager', name: 'b', url: 5 }];
    expect(mistakes({ sources: false, plugins: [plugin], destinations: pagers })).toEqual([
      'destinations[0].url: is missing',
      'destinations[1].url: 5 is not a string',
    ]);
  });

  it('is refused by destinations that bring their plugin along as well', () => {
    const [line] = mistakes({
      sources: false,
      destinations: [destinationOf(new CollectingTransport(), { delivery: 'sure' as 'safe' })],
    });
    expect(line).toBe("destinations[0].delivery: 'sure' is not one of safe, audit");
  });
});

describe('the nearest word', () => {
  it('ignores case and separators, allows a third of the letters, and is silent when nothing is near', () => {
    expect(nearestWord('DropOldest', ['drop_newest', 'drop_oldest'])).toBe('drop_oldest');
    expect(nearestWord('waring', ['warning', 'info'])).toBe('warning');
    expect(nearestWord('banana', ['warning', 'info'])).toBeUndefined();
  });
});
