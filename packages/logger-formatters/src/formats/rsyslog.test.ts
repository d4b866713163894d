import { type LogRecord } from '@metaexpert/logger-core';
import { hostname } from 'node:os';
import { exchangeError, type LoggedMessage, logMessages, TITLE } from '../../test/logged-messages';
import { hasRsyslog, Rsyslog, type SyslogMessage } from '../../test/rsyslog';
import { createRfc5424 } from './rfc5424';

type Members = Record<string, unknown>;

const OWN = 'meta@32473';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Skipped by name where there is no rsyslogd, unless somebody has promised that there is. */
const wanted = hasRsyslog() || Boolean(process.env['CI']) || process.env['MXL_SERVERS'] === '1';
const suite = wanted ? describe : describe.skip;

suite(`a real rsyslogd${wanted ? '' : ' (skipped: rsyslogd is not installed)'}`, () => {
  let logged: LoggedMessage[];
  let plain: SyslogMessage[];
  let thrown: SyslogMessage[];
  let special: SyslogMessage;

  beforeAll(async () => {
    logged = (await logMessages())('rfc5424');
    const rsyslog = new Rsyslog();
    try {
      await rsyslog.start();
      const all = await rsyslog.read([
        ...logged.map(({ line }) => line),
        ...logged.map(({ errorLine }) => errorLine),
        createRfc5424({ facility: 'local7', timestamp: { digits: 6 }, bom: true })(strange),
      ]);
      plain = all.slice(0, logged.length);
      thrown = all.slice(logged.length, -1);
      special = all.at(-1)!;
      expect(all.length).toBe(2 * logged.length + 1);
    } finally {
      await rsyslog.stop();
    }
  }, 60_000);

  it('reads every message of the exchange, logged as fields', () => {
    plain.forEach(({ data, ...header }, index) => {
      const { message } = logged[index]!;
      expect(header).toEqual({
        ...{ pri: '14', time: expect.stringMatching(TIME), host: hostname(), app: 'ema-bot' },
        ...{ proc: String(process.pid), id: 'general', msg: TITLE },
      });
      expect(Object.keys(data)).toEqual(['timeQuality', 'meta', OWN]);
      expect(data['timeQuality']).toEqual({ tzKnown: '1', isSynced: '0' });
      expect(data['meta']).toEqual({ sequenceId: String(index + 1) });
      expect(valuesOf(message, data[OWN]!)).toEqual(message);
    });
  });

  it('reads every one carried by an error', () => {
    thrown.forEach(({ data, pri, id, msg }, index) => {
      expect({ pri, id, msg }).toEqual({ pri: '11', id: 'error', msg: TITLE });
      const error = JSON.parse(data[OWN]!['error']!) as Members;
      expect(error).toMatchObject(exchangeError(logged[index]!.message));
      expect(error['stack']).toContain('\n    at ');
    });
  });

  it('reads names, values and texts that need care', () => {
    expect(special).toMatchObject({
      ...{
        pri: '187',
        time: expect.stringMatching(/^2026-11-21T08:00:00\.123\d{3}Z$/),
        host: 'h_1',
        app: 'bot_\u005f',
      },
      ...{ id: 'trade', msg: '\ufeffОрдер 約定 🚀 \\u001b[31m' },
    });
    expect(special.data[OWN]).toMatchObject({
      quoted: 'a "b" \\ [c] d',
      lines: 'one\\ntwo',
      fields: JSON.stringify({ 'no name': 1, 'a=b': 2 }),
    });
    expect(special.data['order@1']).toEqual({ side: 'BUY' });
  });
});

const strange: LogRecord = {
  ...{ timestamp: '2026-11-21T08:00:00.123Z', time: Date.parse('2026-11-21T08:00:00.123Z'), level: 'error' as const },
  ...{
    logger: 'bot ж',
    message: 'Ордер 約定 🚀 \u001b[31m',
    category: 'trade',
    host: 'h 1',
    pid: 1,
    seq: 1,
    id: 'x-1',
  },
  fields: { quoted: 'a "b" \\ [c] d', lines: 'one\ntwo', 'no name': 1, 'a=b': 2, 'order@1': { side: 'BUY' } },
};

/** A message's values from the parameters: texts as they are, the rest as JSON; what has no name of its own is in `fields`. */
function valuesOf(message: Members, params: Readonly<Record<string, string>>): Members {
  const rest = JSON.parse(params['fields'] ?? '{}') as Members;
  return Object.fromEntries(
    Object.entries(message).map(([key, value]) => {
      if (Object.hasOwn(rest, key)) return [key, rest[key]];
      return [key, typeof value === 'string' ? params[key] : JSON.parse(params[key] ?? 'null')];
    }),
  );
}
