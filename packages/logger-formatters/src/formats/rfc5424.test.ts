import { LEVELS } from '@metaexpert/logger-core';
import { testRecord } from '@metaexpert/logger-core/testing';
import parseSyslog from 'nsyslog-parser';
import { readRfc5424 } from '../../test/readers';
import { createRfc5424, rfc5424, type Rfc5424Options } from './rfc5424';

/** RFC 5424, section 6.5, examples 1 to 4; `BOM` there is the byte order mark. */
const EXAMPLES = [
  `<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8`,
  `<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% It's time to make the do-nuts.`,
  `<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"] \ufeffAn application event log entry...`,
  `<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]`,
];

const BARE: Rfc5424Options = { timeQuality: false, exclude: ['id', 'seq', 'logger'] };
const SEVERITY_LEVEL = new Map([[2, 'critical'], [3, 'error'], [4, 'warning'], [5, 'trade'], [6, 'info'], [7, 'debug']] as const); // prettier-ignore

describe('RFC 5424', () => {
  it.each(EXAMPLES)('reads an example of section 6.5 and writes it again: %s', (example) => {
    const parsed = readRfc5424(example);
    const [stamp = ''] = /\d{4}-\S+/.exec(example)!;
    const micros = /\.(\d{6})/.exec(stamp)?.[1];
    const time = Date.parse(stamp) + (micros === undefined ? 0 : Number(micros.slice(3)) / 1000);
    const format = createRfc5424({
      ...BARE,
      facility: parsed.facilityID,
      appName: parsed.appName ?? '-',
      procId: parsed.pid ?? '-',
      msgId: parsed.msgID ?? '-',
      bom: parsed.message.startsWith('\ufeff'),
      ...(micros !== undefined && { timestamp: { digits: 6, zone: 'America/Los_Angeles' } }),
    });
    const record = testRecord({
      ...{ time, timestamp: new Date(time).toISOString(), host: parsed.host! },
      level: SEVERITY_LEVEL.get(parsed.severityID as 2)!,
      message: parsed.message.replace('\ufeff', ''),
      fields: parsed.structuredData ?? {},
    });
    expect(format(record)).toBe(example);
  });

  it('computes PRI as facility times eight and severity', () => {
    const local7 = createRfc5424({ facility: 'local7' });
    expect(LEVELS.map((level) => /^<(\d+)>1 /.exec(local7(testRecord({ level })))![1])).toEqual(
      ['186', '187', '188', '189', '190', '191'], // prettier-ignore
    );
    expect(createRfc5424({ facility: 0 })(testRecord({ level: 'critical' }))).toMatch(/^<2>1 /);
    expect(rfc5424(testRecord())).toMatch(/^<14>1 /);
  });

  it('says what it knows of the clock, and no accuracy of one that is not synchronised', () => {
    expect(rfc5424(testRecord())).toContain('[timeQuality tzKnown="1" isSynced="0"]');
    const synced = createRfc5424({ timeQuality: { isSynced: true, syncAccuracyUs: 60 } });
    expect(synced(testRecord())).toContain('[timeQuality tzKnown="1" isSynced="1" syncAccuracy="60"]');
    const contradictory = createRfc5424({ timeQuality: { isSynced: false, syncAccuracyUs: 60 } });
    expect(contradictory(testRecord())).toContain('[timeQuality tzKnown="1" isSynced="0"]');
  });

  it('counts in meta, from 1 to 2147483647 and round again', () => {
    const sequence = (seq: number): string => /sequenceId="(\d+)"/.exec(rfc5424(testRecord({ seq })))![1]!;
    expect([1, 2_147_483_647, 2_147_483_648].map(sequence)).toEqual(['1', '2147483647', '1']);
  });

  it('escapes quotes, backslashes and brackets in a value, and shows line ends', () => {
    const value = 'a "quoted" \\ [bracket]';
    const line = rfc5424(testRecord({ fields: { value, other: 'x\ny' } }));
    const alone = rfc5424(
      testRecord({ fields: { quote: '"', back: '\\', bracket: ']', escape: '\u001b', half: '\ud800' } }),
    );
    expect(alone).toContain(' quote="\\"" back="\\\\" bracket="\\]" escape="\\\\u001b" half="\\\\ud800"]');
    expect(line).toContain('value="a \\"quoted\\" \\\\ [bracket\\]"');
    expect(readRfc5424(line).structuredData!['meta@32473']).toMatchObject({ value, other: 'x\\ny' });
  });

  it('takes no name that an SD-NAME cannot be, but loses no field', () => {
    const odd = { 'two words': 1, 'a=b': 2, 'x]': 3, 'q"': 4, größe: 5, ['n'.repeat(33)]: 6, id: 7, fields: 8 };
    const params = readRfc5424(rfc5424(testRecord({ fields: { ...odd, ['n'.repeat(32)]: 9 } }))).structuredData![
      'meta@32473'
    ]!;
    expect(JSON.parse(params['fields']!)).toEqual(odd);
    expect(params).toMatchObject({ id: 'TEST-1', ['n'.repeat(32)]: '9' });
  });

  it('keeps the header to printable ASCII and to the lengths of section 6', () => {
    const record = testRecord({ logger: `naïve bot ${'x'.repeat(60)}`, host: 'h'.repeat(300), pid: 7 });
    const [, , host, app] = rfc5424(record).split(' ');
    expect([host!.length, app!.length]).toEqual([255, 48]);
    expect(app).toMatch(/^na_ve_bot_x+$/);
    expect(readRfc5424(rfc5424(record)).structuredData!['meta@32473']!['logger']).toContain('naïve bot');
    const nothing = createRfc5424({ ...BARE, exclude: ['id', 'seq', 'logger', 'category'] });
    expect(nothing(testRecord({ message: '' }))).toBe('<14>1 2026-11-21T08:00:00.123Z - - - - -');
  });

  it('marks a message beyond ASCII with a BOM, any, or none', () => {
    const end = (bom: Rfc5424Options['bom'], message: string): string =>
      createRfc5424({ ...BARE, bom: bom! })(testRecord({ message })).split(' general - ')[1]!;
    expect([end('auto', 'plain'), end('auto', 'grün'), end(true, 'plain'), end(false, 'grün')]).toEqual(
      ['plain', '\ufeffgrün', '\ufeffplain', 'grün'], // prettier-ignore
    );
  });

  it('refuses what the RFC has no place for', () => {
    expect(() => createRfc5424({ facility: 'local8' as 'local7' })).toThrow(
      /facility: 'local8' is not one of .* \(did you mean 'local0'\?\)/,
    );
    expect(() => createRfc5424({ facility: 24 })).toThrow('nor a number from 0 to 23');
    expect(() => createRfc5424({ timestamp: { digits: 9 as 6 } })).toThrow('timestamp.digits');
    expect(() => createRfc5424({ enterprise: 'acme' })).toThrow("'acme' is not a private enterprise number");
    expect(() => createRfc5424({ timestamp: { zone: 'Moon/Base' } })).toThrow("'Moon/Base' is neither");
  });

  it('is read by nsyslog-parser too', () => {
    // That parser finds only the first of several elements.
    const one = createRfc5424({ timeQuality: false, exclude: ['seq'] });
    const parsed = parseSyslog(one(testRecord({ host: 'h1', pid: 7, fields: { symbol: 'BTCUSDT' } })));
    expect(parsed).toMatchObject({ type: 'RFC5424', host: 'h1', appName: 'test', pid: '7', message: 'order placed' });
    expect(parsed.structuredData).toEqual([{ $id: 'meta@32473', id: 'TEST-1', symbol: 'BTCUSDT' }]);
  });
});
