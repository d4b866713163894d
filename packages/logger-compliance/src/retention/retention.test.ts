import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ConfigError, createLogger, type Logger } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf, FailingTransport, ManualClock } from '@metaexpert/logger-core/testing';
import { planRetention } from '@metaexpert/logger-transports-file';
import { createRetention, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, openSealedLog, writeSealedLog } from '../../test-fixtures/sealed-log';
import { findLogFiles } from '../sealing/log-files';
import { type RetentionOptions } from './retention-options';

const NOW = Date.parse('2026-11-21T08:00:00Z');
const DAY = 86_400_000;

describe('retention', () => {
  const folder = folderPerTest();
  let collected: CollectingTransport;
  let log: Logger;

  beforeEach(() => {
    collected = new CollectingTransport();
    log = createLogger({ sources: false, exitHooks: false, destinations: [destinationOf(collected)] });
  });

  /** A file whose records are so many days old. */
  function make(name: string, days: number, changedDays = days): string {
    const path = folder.path(name);
    const text = `${JSON.stringify({ timestamp: new Date(NOW - days * DAY).toISOString(), n: 1 })}\n`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
    utimesSync(path, (NOW - changedDays * DAY) / 1000, (NOW - changedDays * DAY) / 1000);
    return path;
  }

  function retention(options: Partial<RetentionOptions> = {}) {
    const clock = new ManualClock(NOW);
    const logs = [{ path: folder.path('app.log'), category: 'general' as const }];
    return createRetention({ log, logs, policies: ['gdpr'], clock, ...options });
  }

  const steps = async (options?: Partial<RetentionOptions>): Promise<string[]> =>
    (await retention(options).plan()).files.map(({ path, step }) => `${basename(path)} ${step}`);

  const events = async (): Promise<Record<string, unknown>[]> => {
    await log.flush();
    return collected.payloads.map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('plans by category: what is past its limit goes, what has a duty stays, the live file always', async () => {
    for (const name of ['app.log', 'trades.log'])
      for (const [at, days] of [2000, 400, 91, 89].entries())
        make(`${name}.00000${at + 1}${at < 2 ? '.gz' : ''}`, days);
    for (const name of ['app.log', 'trades.log']) make(name, 3000);
    const logs = [
      { path: folder.path('app.log'), category: 'general' as const },
      { path: folder.path('trades.log'), category: ['trade', 'general'] as const },
    ];
    const before = readdirSync(folder.path());
    expect(await steps({ logs, policies: ['gdpr', 'mifid'] })).toEqual([
      'app.log.000001.gz erase', 'app.log.000002.gz erase', 'app.log.000003 erase', 'app.log.000004 keep', 'app.log keep',
      'trades.log.000001.gz erase', 'trades.log.000002.gz keep', 'trades.log.000003 keep', 'trades.log.000004 keep', 'trades.log keep',
    ]); // prettier-ignore
    const { files } = await retention({ logs, policies: ['gdpr', 'mifid'] }).plan();
    expect(files[0]?.why).toMatch(/^gdpr allows at most 90d .*; no duty to keep$/);
    expect(files[5]?.why).toMatch(/^gdpr allows at most 90d .*; the duty of mifid ended 2026-05-31T08:00:00.000Z$/);
    expect(files[6]).toMatchObject({ conflict: expect.stringContaining('the duty to keep wins'), keepUntil: '2030-10-17T08:00:00.000Z', eraseFrom: '2030-10-17T08:00:00.000Z' }); // prettier-ignore
    expect(readdirSync(folder.path())).toEqual(before);
  });

  it('erases nothing that no policy wants gone', async () => {
    make('app.log.000001', 4000);
    make('app.log', 0);
    expect(await steps({ policies: ['mifid', 'sec-17a-4'] })).toEqual(['app.log.000001 keep', 'app.log keep']);
  });

  it('goes by the records when the file system says that a file is older than they are', async () => {
    make('app.log.000001', 10, 500);
    make('app.log', 0);
    expect(await steps()).toEqual(['app.log.000001 keep', 'app.log keep']);
  });

  it('keeps the file that an empty live one goes on from', async () => {
    make('app.log.000001', 200);
    make('app.log.000002', 190);
    writeFileSync(folder.path('app.log'), '');
    expect(await steps()).toEqual(['app.log.000001 erase', 'app.log.000002 keep', 'app.log keep']);
  });

  it('says every step in the log before it is taken, and what came of it; what it erases is gone', async () => {
    make('app.log.000001.gz', 200);
    make('app.log.000002', 10);
    make('app.log', 0);
    const outcomes = await retention().apply();
    expect(outcomes).toEqual([{ path: folder.path('app.log.000001.gz'), step: 'erase', done: true }]);
    expect(readdirSync(folder.path()).sort()).toEqual(['app.log', 'app.log.000002']);
    const file = folder.path('app.log.000001.gz');
    expect(await events()).toMatchObject([
      { event: 'retention.planned', step: 'erase', file, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), reason: expect.stringContaining('at most 90d') },
      { event: 'retention.started', category: 'audit', files: 1 },
      { event: 'retention.done', step: 'erase', file, done: true },
      { event: 'retention.ended', done: 1 },
    ]); // prettier-ignore
    expect((await events()).some((record) => 'invalid' in record)).toBe(false);
    expect(await retention().apply()).toEqual([]);
  });

  it('touches nothing when the log cannot be relied on', async () => {
    make('app.log.000001', 200);
    make('app.log', 0);
    const failing = createLogger({
      sources: false,
      exitHooks: false,
      destinations: [destinationOf(new FailingTransport({ status: 'rejected', error: new Error('full') }))],
    });
    failing.on('failure', () => undefined);
    await expect(retention({ log: failing }).apply()).rejects.toMatchObject({ code: 'MXL_RETENTION_NOT_LOGGED' });
    expect(existsSync(folder.path('app.log.000001'))).toBe(true);
  });

  it('is stopped by a hold that comes between the plan and the deed', async () => {
    make('app.log.000001', 200);
    make('app.log', 0);
    const hold = { id: 'late', reason: 'inquiry', since: new Date(NOW).toISOString() };
    const setHold = async () => {
      writeFileSync(folder.path('late.hold'), JSON.stringify(hold));
      return { status: 'delivered' as const };
    };
    const slow = createLogger({ sources: false, exitHooks: false, destinations: [destinationOf({ write: setHold })] });
    const [outcome] = await retention({ log: slow }).apply();
    expect(outcome).toMatchObject({ done: false, reason: 'held by late: inquiry' });
    expect(existsSync(folder.path('app.log.000001'))).toBe(true);
  });

  it('archives what is old enough, but not before the time at hand is over; and looks after it there', async () => {
    const archive = { path: folder.path('archive'), after: '30d' as const };
    const logs = [{ path: folder.path('audit.log'), category: 'audit' as const }];
    make('audit.log.000001.gz', 100);
    make('audit.log.000002.gz', 40);
    make('audit.log', 0);
    const content = readFileSync(folder.path('audit.log.000001.gz'));
    expect(await steps({ logs, archive, policies: ['mica'] })).toEqual(['audit.log.000001.gz archive', 'audit.log.000002.gz archive', 'audit.log keep']); // prettier-ignore
    const policies = ['pci', 'mica'] as const;
    const [outcome] = await retention({ logs, archive, policies }).apply();
    expect(outcome).toMatchObject({ done: true, to: folder.path('archive', 'audit.log.000001.gz') });
    expect(readFileSync(folder.path('archive', 'audit.log.000001.gz'))).toEqual(content);
    expect(readdirSync(folder.path()).sort()).toEqual(['archive', 'audit.log', 'audit.log.000002.gz']);
    const clock = new ManualClock(NOW + 2000 * DAY);
    expect(await steps({ logs, archive, policies: ['mica', 'gdpr'], clock })).toEqual(['audit.log.000001.gz erase', 'audit.log.000002.gz erase', 'audit.log keep']); // prettier-ignore
  });

  it('keeps what is archived too while a hold lies beside the log, put there by hand', async () => {
    const archive = { path: folder.path('archive'), after: '30d' as const };
    make('archive/app.log.000001', 200);
    make('app.log', 0);
    expect(await steps({ archive })).toEqual(['app.log.000001 erase', 'app.log keep']);
    const hold = { id: 'case-9', reason: 'inquiry', since: new Date(NOW).toISOString(), files: 'app.log' };
    writeFileSync(folder.path('case-9.hold'), JSON.stringify(hold));
    expect(await steps({ archive })).toEqual(['app.log.000001 held', 'app.log held']);
    expect(await retention({ archive }).apply()).toEqual([]);
  });

  it('goes on where a crash came between the copy and the end of the original, and never over another file', async () => {
    const archive = { path: folder.path('archive'), after: '30d' as const };
    make('app.log', 0);
    const copy = make('archive/app.log.000001', 40);
    const original = make('app.log.000001', 40);
    expect((await retention({ archive }).apply())[0]).toMatchObject({ done: true, to: copy });
    expect(existsSync(original)).toBe(false);
    make('app.log.000001', 35);
    expect((await retention({ archive }).apply())[0]).toMatchObject({ to: folder.path('archive', 'app.log.000002') });
    expect(readFileSync(copy, 'utf8')).not.toBe(readFileSync(folder.path('archive', 'app.log.000002'), 'utf8'));
  });

  it('keeps a log without gaps: behind a file that stays, nothing goes', async () => {
    for (const at of [1, 2, 3]) make(`app.log.00000${at}`, 300 - at);
    make('app.log', 0);
    const kept = retention();
    await kept.hold('case-17', { reason: 'inquiry', files: ['app.log.000002'] });
    expect((await kept.apply()).map(({ path }) => basename(path))).toEqual(['app.log.000001']);
    const { files } = await kept.plan();
    expect(files.map(({ step }) => step)).toEqual(['held', 'keep', 'keep']);
    expect(files[0]).toMatchObject({ holds: ['case-17'], why: 'held by case-17: inquiry' });
    expect(files[1]?.why).toContain('but an older file stays');
  });

  it("is stopped by a hold, which the file destination's own retention respects too, until it is released", async () => {
    make('trades.log.000001', 300);
    make('trades.log', 0);
    make('app.log.000001', 300);
    make('app.log', 0);
    const logs = [
      { path: folder.path('app.log'), category: 'general' as const },
      { path: folder.path('trades.log'), category: 'trade' as const },
    ];
    const kept = retention({ logs });
    await kept.hold('case-17', { reason: 'inquiry of the regulator', category: 'trade' });
    await kept.hold('case-17', { reason: 'inquiry of the regulator', category: 'trade' });
    await expect(kept.hold('case-17', { reason: 'another' })).rejects.toMatchObject({ code: 'MXL_RETENTION_HOLD' });
    expect(await steps({ logs })).toEqual(['app.log.000001 erase', 'app.log keep', 'trades.log.000001 held', 'trades.log held']); // prettier-ignore
    expect(planRetention({ path: folder.path('trades.log'), maxAge: '90d' })).toMatchObject({
      delete: [],
      held: [{ path: folder.path('trades.log.000001'), holds: ['case-17'] }],
    });
    await kept.release('case-17', { reason: 'closed' });
    await expect(kept.release('case-17', { reason: 'closed' })).rejects.toMatchObject({ code: 'MXL_RETENTION_HOLD' });
    expect((await steps({ logs })).at(2)).toBe('trades.log.000001 erase');
    expect((await events()).map(({ event }) => event)).toEqual(['hold.set', 'hold.set', 'hold.released']);
  });

  it('is stopped by a hold of a time, by the records of the files, and by a hold that cannot be read', async () => {
    for (const [at, days] of [300, 200, 150].entries()) make(`app.log.00000${at + 1}`, days);
    make('app.log', 0);
    const kept = retention();
    const day = (days: number): string => new Date(NOW - days * DAY).toISOString();
    await kept.hold('spring', { reason: 'inquiry', from: day(210), to: day(190) });
    expect((await kept.plan()).files.map(({ step }) => step)).toEqual(['erase', 'held', 'keep', 'keep']);
    writeFileSync(folder.path('half.hold'), '{ "id": ');
    expect((await kept.plan()).files.map(({ step }) => step)).toEqual(['held', 'held', 'held', 'held']);
    expect(await kept.apply()).toEqual([]);
  });

  it.each([
    ['../x', { reason: 'x' }],
    ['', { reason: 'x' }],
    ['x', { reason: '' }],
    ['x', { reason: 'x', from: 'soon' }],
    ['x', { reason: 'x', files: [] }],
    ['x', { reason: 'x', category: 'trade' as const }],
  ])('refuses the hold %j %j, and leaves none behind', async (id, filter) => {
    make('app.log', 0);
    await expect(retention().hold(id, filter)).rejects.toMatchObject({ code: 'MXL_RETENTION_HOLD' });
    expect(readdirSync(folder.path())).toEqual(['app.log']);
  });

  it('names every mistake in its options', () => {
    const wrong = {
      logs: [{ path: 'a', category: 'trades' }, { path: 'a', category: 'trade' }],
      policies: ['mifit', { name: 'house', source: 'x', keepAtMost: '5 years' }],
      archive: { path: 'b', after: 'soon' },
    }; // prettier-ignore
    let thrown: unknown;
    try {
      retention(wrong as never);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ConfigError);
    expect((thrown as ConfigError).issues.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "policies[0]: 'mifit' is not one of mifid, mica, mica-on-request, sec-17a-4, pci, gdpr (did you mean 'mifid'?)",
      "policies.house.keepAtMost: '5 years' is no period such as 90d, 12mo or 5y",
      "archive.after: 'soon' is no period such as 90d, 12mo or 5y",
      "logs[0].category: 'trades' is not one of general, trade, error, performance, audit (did you mean 'trade'?)",
      "logs[1].path: 'a' is there twice",
    ]);
  });

  it('leaves a sealed log that verifies, and its own doings are in one', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('logs', 'app.log');
    await writeSealedLog({ path, keyPath: key.path, file: { maxSize: '16k' }, records: 300 });
    const [first = '', ...rest] = findLogFiles(path);
    expect(rest.length).toBeGreaterThan(2);
    const journal = openSealedLog({ path: folder.path('journal', 'audit.log'), keyPath: key.path });
    const clock = new ManualClock(Date.now() + 91 * DAY);
    const options = { log: journal.log, logs: [{ path, category: 'general' as const }], clock };
    await retention(options).hold('case-17', { reason: 'inquiry', files: [basename(rest[0] ?? '')] });
    expect((await retention(options).apply()).map((one) => one.path)).toEqual([first]);
    await journal.log.close({ timeoutMs: 10_000 });
    const trustedKeys = [key.publicKey];
    expect(await verifyLog(path, { trustedKeys, trimmed: true })).toMatchObject({ ok: true });
    expect(await verifyLog(folder.path('journal', 'audit.log'), { trustedKeys })).toMatchObject({ ok: true });
    expect(readFileSync(folder.path('journal', 'audit.log'), 'utf8')).toContain('"event":"retention.done"');
  });
});
