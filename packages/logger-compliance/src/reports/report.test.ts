import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { createLogger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import { createCompliance, createRetention, report, reportHtml, type ReportOptions, seal } from '..';
import { fileSigner } from '../sealing/signer';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, ORIGIN } from '../../test-fixtures/sealed-log';

const at = (ms: number): string => new Date(Date.UTC(2026, 10, 21, 8) + ms).toISOString();

describe('a report', () => {
  const folder = folderPerTest();

  /** Records as they stand in a file, numbered from 1. */
  function write(name: string, records: readonly Record<string, unknown>[]): string {
    const lines = records.map((record, index) => `${JSON.stringify({ timestamp: at(index), level: 'info', seq: index + 1, id: `RUN1-${index + 1}`, ...record })}\n`); // prettier-ignore
    writeFileSync(folder.path(name), name.endsWith('.gz') ? gzipSync(lines.join('')) : lines.join(''));
    return folder.path(name);
  }

  it('of a sealed bot says what happened, whether it is as it was written, and what is missing', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('trades.log');
    const log = createLogger({
      sources: false,
      exitHooks: false,
      name: 'bot',
      destinations: [seal(file({ path }), { signer: fileSigner(key.path), origin: ORIGIN })],
    });
    const compliance = createCompliance(log);
    compliance.check('size', ({ kind }) => (kind === 'order.submitted' ? { reason: 'too large', limit: '0.01' } : undefined)); // prettier-ignore
    const order = { orderId: 'A1', symbol: 'BTCUSDT', side: 'BUY', quantity: '0.015' } as const;
    compliance.event('order.submitted', { ...order, price: '64123.5' });
    const { id } = compliance.event('order.filled', { ...order, price: '64123.5' });
    compliance.correct(id, 'order.filled', { ...order, price: '64123.6' });
    compliance.event('login', { user: 'ops' } as never);
    log.info('a record that is no event');
    const retention = createRetention({ log, logs: [{ path, category: 'trade' }], policies: ['mica'] });
    const health = log.health();
    await log.close();
    const found = await report({
      logs: [{ path, seal: { trustedKeys: [key.publicKey] } }],
      retention,
      redactions: { jwt: 3 },
      health: [{ ...health[0]!, dropped: { queue_full: 7 } }],
    });
    expect(found).toMatchObject({
      version: 1,
      from: null,
      logs: [{ path, files: [path], records: 6, unreadable: 0, seal: { ok: true, unsealed: 0, headTime: expect.any(String), headClock: expect.stringMatching(/^none unknown/) } }],
      events: [
        { kind: 'login', events: 1, corrections: 0, invalid: 1 },
        { kind: 'order.filled', events: 2, corrections: 1, invalid: 0 },
        { kind: 'order.submitted', events: 1 },
        { kind: 'risk.violation', events: 1 },
      ],
      orders: {
        total: 1,
        byStatus: { filled: 1, open: 0 },
        orders: [{ orderId: 'A1', symbol: 'BTCUSDT', side: 'BUY', status: 'filled', steps: [{ step: 'submitted', price: '64123.5', quantity: '0.015' }, { step: 'filled', eventId: id }, { step: 'filled', corrects: id, price: '64123.6' }] }],
      },
      violations: { total: 2, byRule: { size: 1, schema: 1 }, violations: [{ rule: 'size', reason: 'too large', orderId: 'A1', limit: '0.01' }, { rule: 'schema', reason: 'success: is missing', event: 'login' }] },
      sequences: [{ firstSeq: 1, lastSeq: 6, records: 6, missing: 0, gaps: [] }],
      drops: [{ destination: 'file', source: 'health()', byReason: { queue_full: 7 } }],
      redactions: { jwt: 3 },
      retention: { files: [{ path, step: 'keep' }] },
    }); // prettier-ignore
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);

    writeFileSync(path, readFileSync(path, 'utf8').replace('64123.6', '64123.7'));
    const changed = await report({ logs: [{ path, seal: { trustedKeys: [key.publicKey] } }] });
    expect(changed.logs[0]?.seal).toMatchObject({ ok: false, problem: { code: 'altered' } });
    expect(reportHtml(changed)).toMatch(/<b><span class="verdict bad">1 broken<\/span><\/b><span>seals/);
    expect(reportHtml(found)).toMatch(/<b><span class="verdict good">verified<\/span><\/b><span>seals/);
  });

  it('follows orders from submission to end, by when things happened, and sums the latencies up', async () => {
    const submitted = (orderId: string, ms: number) => ({ event: 'order.submitted', orderId, occurredAt: at(ms) });
    const path = write('app.log', [
      { event: 'order.intent', clientOrderId: 'c1', symbol: 'X', side: 'BUY', quantity: '1' },
      { ...submitted('A', 100), clientOrderId: 'c1' },
      { event: 'order.acknowledged', orderId: 'A', occurredAt: at(110) },
      { event: 'order.partially_filled', orderId: 'A', occurredAt: at(150), price: '2', quantity: '0.5' },
      { event: 'order.filled', orderId: 'A', occurredAt: at(400) },
      submitted('B', 1000),
      { event: 'order.rejected', orderId: 'B', occurredAt: at(1030) },
      submitted('C', 2000),
      { event: 'order.cancelled', orderId: 'C', occurredAt: at(1900), corrects: 'x' },
    ]);
    const { orders } = await report({ logs: [{ path }] });
    expect(orders).toMatchObject({
      total: 3,
      byStatus: { open: 1, filled: 1, cancelled: 0, rejected: 1, expired: 0 },
      latencies: {
        submitToAcknowledgeMs: { count: 1, medianMs: 10, p95Ms: 10, maxMs: 10 },
        submitToFirstFillMs: { count: 1, medianMs: 50 },
        submitToEndMs: { count: 2, medianMs: 30, p95Ms: 300, maxMs: 300 },
      },
    });
    const [first, second] = orders.orders;
    expect(first).toMatchObject({ orderId: 'A', symbol: 'X', submitToEndMs: 300 });
    expect(first?.steps.map(({ step }) => step)).toEqual(['intent', 'submitted', 'acknowledged', 'partially_filled', 'filled']); // prettier-ignore
    expect(second).toMatchObject({ orderId: 'B', status: 'rejected', submitToEndMs: 30 });
    const short = await report({ logs: [{ path }], maxOrders: 1 });
    expect(short.orders).toMatchObject({ total: 3, byStatus: orders.byStatus, latencies: orders.latencies });
    expect(short.orders.orders).toEqual([first]);
    expect(reportHtml(short)).toContain('The first 1 of 3 are listed.');
  });

  it('finds gaps over all logs together, by run, and counts a record once', async () => {
    const numbered = (seqs: readonly number[], run = 'RUN1') =>
      seqs.map((seq) => ({ seq, id: `${run}-${seq}`, event: 'login', user: 'ops', success: true }));
    const all = [...Array(70_000).keys()].map((seq) => seq + 1);
    const main = write(
      'main.log.gz',
      numbered(all.filter((seq) => seq !== 5 && (seq < 10 || seq > 20) && seq !== 69_999)),
    );
    const trades = write('trades.log', [...numbered([5, 6, 15]), ...numbered([3, 9], 'RUN2'), { seq: undefined, message: '1,204 records dropped: queue full; 1 record dropped: rejected' }]); // prettier-ignore
    const found = await report({ logs: [{ path: [main] }, { path: trades }] });
    expect(found.sequences).toMatchObject([
      { instance: 'RUN1', firstSeq: 1, lastSeq: 70_000, records: 69_989, missing: 11, gaps: [{ from: 10, to: 14 }, { from: 16, to: 20 }, { from: 69_999, to: 69_999 }] },
      { instance: 'RUN2', firstSeq: 3, lastSeq: 9, records: 2, missing: 5, gaps: [{ from: 4, to: 8 }] },
    ]); // prettier-ignore
    expect(found.events).toEqual([{ kind: 'login', events: 69_991, corrections: 0, invalid: 0 }]);
    expect(found.drops).toEqual([
      { destination: trades, source: 'announced in the log', byReason: { 'queue full': 1204, rejected: 1 } },
    ]);
  });

  it('is about the time asked for, both ends included', async () => {
    const path = write('app.log', Array(10).fill({ event: 'logging.started' }));
    const count = async (span: Pick<ReportOptions, 'from' | 'to'>) => (await report({ logs: [{ path }], ...span })).events[0]?.events; // prettier-ignore
    expect(await count({ from: at(3), to: new Date(at(5)) })).toBe(3);
    expect(await count({ from: at(9) })).toBe(1);
    expect(await count({ to: at(-1) })).toBeUndefined();
    await expect(count({ from: 'soon' })).rejects.toThrow("from: 'soon' is no time");
    await expect(count({ from: at(5), to: at(4) })).rejects.toThrow('to: is before from');
    await expect(report({ logs: [{ path: folder.path('none.log') }] })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('survives lines that are anything, and shows them as text only', async () => {
    const evil = `<script>alert(1)</script><img src=x onerror="x">\u202e' & "`;
    const path = write('app.log', [
      { event: evil, eventId: evil },
      { event: 'order.submitted', orderId: evil, symbol: evil, side: 5, price: {}, quantity: evil, occurredAt: evil },
      { event: 'risk.violation', rule: evil, reason: evil, limit: [] },
      { event: 'order.filled', invalid: [evil], id: 17, seq: -1 },
      { event: 'order.filled', orderId: '__proto__', id: 'x', seq: 1e300 },
      { event: '__proto__', id: 'constructor-1', seq: 9_007_199_254_740_991 },
      { id: 'constructor-2', seq: 2 },
    ]);
    writeFileSync(path, `${readFileSync(path, 'utf8')}null\n[]\n"x"\nnot json\n{"timestamp":5}\n{"torn`);
    const found = await report({ logs: [{ path }] });
    expect(found.logs[0]).toMatchObject({ records: 7, unreadable: 6 });
    expect(found.events.map(({ kind }) => kind)).toContain('__proto__');
    expect(found.sequences[1]?.gaps).toEqual([{ from: 3, to: 9_007_199_254_740_990 }]);
    const page = reportHtml(found);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.replace(/<style>[^]*<\/style>/, '')).not.toMatch(/<(?!\/?(?:html|head|meta|title|body|h1|h2|p|div|b|span|table|thead|tbody|tr|th|td|code|pre|svg|path|circle|ol|li)\b|!doctype)/); // prettier-ignore
    expect(page).not.toMatch(/\u202e|<[^>]*\son\w+=/);
    expect(page).not.toMatch(/<[^>]*(?:src|href)=/);
  });
});
