import { EventEmitter, once } from 'node:events';
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gunzipSync } from 'node:zlib';
import { waitFor } from '@metaexpert/logger-core/testing';
import { fileSigner, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { runChild } from '../../test-fixtures/run-child';
import { makeKey, openSealedLog, ORIGIN, sealedFile, writeSealedLog } from '../../test-fixtures/sealed-log';
import { findLogFiles } from './log-files';

function linesOf(path: string): string[] {
  return findLogFiles(path).flatMap((file) => readFileSync(file, 'utf8').split('\n'));
}

function bytesOf(path: string): number {
  return findLogFiles(path).reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

describe('a sealed log', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');

  it('verifies over rotation, compression, a crash in a burst and a restart', async () => {
    const key = makeKey(folder.path('key.pem'));
    for (const bytes of [1, 350_000, 900_000]) {
      const child = runChild('seal-until-killed.cjs', {
        path: path(),
        keyPath: key.path,
        origin: ORIGIN,
        maxSize: '300k',
      });
      // A log that is killed before its first line says nothing, and an empty one is no sealed log.
      const before = bytesOf(path());
      await waitFor('records on the disk', () => bytesOf(path()) >= before + bytes, 20_000);
      child.kill();
      await child.ended;
      expect(await verifyLog(path(), { trustedKeys: [key.publicKey], live: true })).toMatchObject({ ok: true });
    }
    await writeSealedLog({
      path: path(),
      keyPath: key.path,
      file: { maxSize: '300k', zippedArchive: true },
      records: 100,
    });
    await waitFor(
      'archives',
      () => findLogFiles(path()).every((file) => file.endsWith('.gz') || file === path()),
      10_000,
    );
    expect(findLogFiles(path()).length).toBeGreaterThan(3);
    const result = await verifyLog(path(), { trustedKeys: [key.publicKey] });
    expect(result).toMatchObject({ ok: true, origin: ORIGIN, unsealed: 0, firstIndex: 0 });
    // Every fifty lines, from four runs; how many lines came before each kill is the machine's affair.
    expect(result.checkpoints).toBeGreaterThan(result.lines / 60);
  }, 60_000);

  it.each(['process.exit', 'SIGTERM', 'exception', 'an emptied event loop'])(
    'ends with its last checkpoint when the process ends by %s',
    async (ending) => {
      const key = makeKey(folder.path('key.pem'));
      const child = runChild('seal-until-killed.cjs', {
        path: path(),
        keyPath: key.path,
        origin: ORIGIN,
        ending,
        count: 1230,
      });
      await child.ended;
      const result = await verifyLog(path(), { trustedKeys: [key.publicKey] });
      expect(result).toMatchObject({ ok: true, unsealed: 0 });
      expect(result.lines).toBeGreaterThanOrEqual(1230);
    },
    30_000,
  );

  it('goes on when the thread that writes and seals it has died, and verifies', async () => {
    const key = makeKey(folder.path('key.pem'));
    const child = runChild('lose-the-writer.cjs', { path: path(), keyPath: key.path, origin: ORIGIN });
    await child.ended;
    expect(child.said).toEqual([{ ok: true, codes: ['MXL_FILE_THREAD_DIED'] }]);
    const numbers = linesOf(path()).flatMap((line) => /"n":(\d+)/.exec(line)?.[1] ?? []);
    expect(new Set(numbers).size).toBe(3000);
    expect(await verifyLog(path(), { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, unsealed: 0 });
  }, 30_000);

  it('loses nothing and verifies when its folder could not be made for a while', async () => {
    const key = makeKey(folder.path('key.pem'));
    writeFileSync(folder.path('logs'), 'in the way');
    const { log, failures } = openSealedLog({ path: folder.path('logs', 'app.log'), keyPath: key.path });
    for (let n = 0; n < 500; n += 1) log.info('order placed', { n });
    await waitFor('a second try', () => (log.health()[0]?.retries ?? 0) > 1, 10_000);
    unlinkSync(folder.path('logs'));
    expect((await log.close({ timeoutMs: 20_000 })).ok).toBe(true);
    expect((failures[0]?.error as NodeJS.ErrnoException).code).toMatch(/^(EEXIST|ENOTDIR)$/);
    const lines = linesOf(folder.path('logs', 'app.log')).filter((line) => line.includes('"order placed"'));
    expect(lines).toHaveLength(500);
    const result = await verifyLog(folder.path('logs', 'app.log'), { trustedKeys: [key.publicKey] });
    expect(result).toMatchObject({ ok: true, unsealed: 0 });
  }, 30_000);

  it('ends with a last checkpoint also where one has just been made', async () => {
    const key = makeKey(folder.path('key.pem'));
    // With the line of the first checkpoint these are fifty, and the fiftieth brings the next.
    const child = runChild('seal-until-killed.cjs', {
      path: path(),
      keyPath: key.path,
      origin: ORIGIN,
      ending: 'process.exit',
      count: 49,
    });
    await child.ended;
    expect(await verifyLog(path(), { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, checkpoints: 3 });
  }, 30_000);

  it('verifies from archives of any kind, and says what is cut off in them', async () => {
    const key = makeKey(folder.path('key.pem'));
    await writeSealedLog({
      path: path(),
      keyPath: key.path,
      file: { maxSize: '20k', zippedArchive: true },
      records: 200,
    });
    await waitFor('archives', () => findLogFiles(path())[1]?.endsWith('.gz') === true, 10_000);
    const plain = gunzipSync(readFileSync(findLogFiles(path())[0] as string));
    const brotli = folder.path('first.br');
    writeFileSync(brotli, brotliCompressSync(plain));
    const trustedKeys = [key.publicKey];
    const files = findLogFiles(path());
    expect(await verifyLog(files.with(0, brotli), { trustedKeys })).toMatchObject({ ok: true });
    const packed = readFileSync(files[1] as string);
    writeFileSync(files[1] as string, packed.subarray(0, packed.length - 100));
    expect((await verifyLog(files, { trustedKeys })).problem).toMatchObject({ code: 'truncated', file: files[1] });
    writeFileSync(files[1] as string, Buffer.from(packed).fill(0x55, packed.length >> 1, (packed.length >> 1) + 20));
    expect((await verifyLog(files, { trustedKeys })).problem).toMatchObject({ file: files[1] });
  });

  it('has a checkpoint soon after each rotation, which covers the whole file before', async () => {
    const key = makeKey(folder.path('key.pem'));
    const { log } = openSealedLog({
      path: path(),
      keyPath: key.path,
      file: { maxSize: '4k', batch: { maxRecords: 1 } },
      seal: { everyRecords: 100_000 },
    });
    for (let n = 0; n < 100; n += 1) {
      log.info('order placed', { n });
      await log.flush({ timeoutMs: 10_000 });
    }
    await log.close({ timeoutMs: 10_000 });
    const files = findLogFiles(path());
    expect(files.length).toBeGreaterThan(4);
    for (const file of files.slice(1, -1))
      expect(readFileSync(file, 'utf8').split('\n').slice(0, 3).join()).toContain(': rotation"');
    expect(await verifyLog(path(), { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true });
  });

  it('whose older files are gone verifies as far as it goes, when that was said', async () => {
    const key = makeKey(folder.path('key.pem'));
    await writeSealedLog({ path: path(), keyPath: key.path, file: { maxSize: '16k' }, records: 300 });
    unlinkSync(findLogFiles(path())[0] as string);
    const trustedKeys = [key.publicKey];
    expect((await verifyLog(path(), { trustedKeys })).problem).toMatchObject({ code: 'removed', line: 1 });
    const trimmed = await verifyLog(path(), { trustedKeys, trimmed: true });
    expect(trimmed).toMatchObject({ ok: true });
    expect(trimmed.firstIndex).toBeGreaterThan(20);
    const file = findLogFiles(path())[1] as string;
    writeFileSync(file, readFileSync(file, 'utf8').replace('order placed', 'order placec'));
    expect((await verifyLog(path(), { trustedKeys, trimmed: true })).problem).toMatchObject({ code: 'altered', file });
  });

  it('whose older files are gone verifies from the first checkpoint that the rest bears out', async () => {
    const key = makeKey(folder.path('key.pem'));
    const atOnce = fileSigner(key.path);
    const gate = new EventEmitter();
    const sign = async (message: Uint8Array): Promise<Uint8Array> => {
      if (gate.listenerCount('open') === 0) await once(gate, 'open');
      return atOnce.sign(message);
    };
    const { log } = openSealedLog({
      path: path(),
      keyPath: key.path,
      file: { maxSize: '2k', batch: { maxRecords: 1 } },
      seal: { signer: { ...atOnce, sign } },
    });
    const write = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) log.info('order placed', { n });
      await log.flush({ timeoutMs: 10_000 });
    };
    await write(30);
    // The first signature comes now: its line stands files behind the lines that it covers.
    gate.on('open', () => undefined).emit('open');
    await waitFor('a checkpoint', () => linesOf(path()).some((line) => line.startsWith('{"seal"')), 10_000);
    await write(100);
    expect((await log.close({ timeoutMs: 20_000 })).ok).toBe(true);
    const trustedKeys = [key.publicKey];
    expect(await verifyLog(path(), { trustedKeys })).toMatchObject({ ok: true });
    unlinkSync(findLogFiles(path())[0] as string);
    const trimmed = await verifyLog(path(), { trustedKeys, trimmed: true });
    expect(trimmed).toMatchObject({ ok: true, unsealed: 0 });
    expect(trimmed.checkpoints).toBeGreaterThan(0);
  });

  it('that was rewritten by whoever has the key is convicted by a head published before', async () => {
    const key = makeKey(folder.path('key.pem'));
    const heads: string[] = [];
    const params = {
      path: path(),
      keyPath: key.path,
      records: 100,
      seal: { onCheckpoint: (note: string) => void heads.push(note) },
    };
    await writeSealedLog(params);
    const trustedKeys = [key.publicKey];
    const published = await verifyLog(path(), { trustedKeys, publishedHead: heads });
    expect(published).toMatchObject({ ok: true, headsConfirmed: heads.length });
    expect(heads.length).toBeGreaterThan(5);
    renameSync(path(), folder.path('honest'));
    await writeSealedLog({ ...params, records: 110, seal: {} });
    const publishedHead = heads[3] as string;
    expect(await verifyLog(path(), { trustedKeys })).toMatchObject({ ok: true });
    expect((await verifyLog(path(), { trustedKeys, publishedHead })).problem).toMatchObject({ code: 'rewritten' });
    // A log that ends before the published head has lost its end.
    writeFileSync(path(), readFileSync(folder.path('honest'), 'utf8').split('\n').slice(0, 30).join('\n') + '\n');
    const cut = await verifyLog(path(), { trustedKeys, live: true, publishedHead: heads.at(-1) as string });
    expect(cut.problem).toMatchObject({ code: 'truncated' });
  });

  it('is gone on with over a reconfiguration, which opens the new destination before the old one is closed', async () => {
    const key = makeKey(folder.path('key.pem'));
    const { log, failures } = openSealedLog({ path: path(), keyPath: key.path });
    for (let n = 0; n < 500; n += 1) log.info('before', { n });
    const reconfigured = log.reconfigure({
      sources: false,
      destinations: [sealedFile({ path: path(), keyPath: key.path })],
    });
    for (let n = 0; n < 500; n += 1) log.info('after', { n });
    await reconfigured;
    expect((await log.close({ timeoutMs: 20_000 })).ok).toBe(true);
    expect(failures).toEqual([]);
    expect(await verifyLog(path(), { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true });
    expect(readFileSync(path(), 'utf8').match(/"message":"(before|after)"/g)).toHaveLength(1000);
  });
});
