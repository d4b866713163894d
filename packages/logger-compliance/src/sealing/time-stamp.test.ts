import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { waitFor } from '@metaexpert/logger-core/testing';
import { verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, openSealedLog } from '../../test-fixtures/sealed-log';
import { startTimeStampAuthority } from '../../test-fixtures/time-stamp-authority';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

(hasOpenssl || Boolean(process.env['CI']) ? describe : describe.skip)('time-stamp tokens (needs openssl)', () => {
  const folder = folderPerTest();

  it('stand in the log, and openssl ts -verify accepts them for the checkpoint they are about, and for no other', async () => {
    const authority = await startTimeStampAuthority(folder.path('tsa'));
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    const { log, failures } = openSealedLog({ path, keyPath: key.path, seal: { timestampUrl: authority.url } });
    for (let n = 0; n < 100; n += 1) log.info('order placed', { n });
    await log.flush({ timeoutMs: 10_000 });
    await waitFor('a token in the log', () => readFileSync(path, 'utf8').includes('{"seal":"timestamp"'), 20_000);
    await log.close({ timeoutMs: 10_000 });
    await authority.close();
    expect(failures).toEqual([]);
    const result = await verifyLog(path, { trustedKeys: [key.publicKey] });
    expect(result).toMatchObject({ ok: true });
    expect(result.timestamps).toBeGreaterThan(0);

    const lines = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"seal"'))
      .map((line) => JSON.parse(line) as { seal: string; note: string; size: number; evidence: string });
    const token = lines.find(({ seal }) => seal === 'timestamp');
    writeFileSync(folder.path('token.tsr'), Buffer.from(token?.evidence ?? '', 'base64'));
    const notes = lines.filter(({ seal }) => seal === 'checkpoint').map(({ note }) => note);
    const verify = (note: string): string => {
      writeFileSync(folder.path('note'), note);
      const args = [
        'ts',
        '-verify',
        '-in',
        folder.path('token.tsr'),
        '-data',
        folder.path('note'),
        '-CAfile',
        authority.caFile,
      ];
      return (
        spawnSync('openssl', args, { encoding: 'utf8' }).stdout +
        spawnSync('openssl', args, { encoding: 'utf8' }).stderr
      );
    };
    const mine = notes.find((note) => note.split('\n')[1] === String(token?.size)) ?? '';
    expect(verify(mine)).toContain('Verification: OK');
    expect(verify(mine.replace('kind', 'king'))).toContain('Verification: FAILED');
  }, 60_000);

  it('that do not come are said, and hold nothing up', async () => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    const { log, failures } = openSealedLog({ path, keyPath: key.path, seal: { timestampUrl: 'http://127.0.0.1:9/' } });
    for (let n = 0; n < 100; n += 1) log.info('order placed', { n });
    await waitFor('failure', () => failures.length > 0, 10_000);
    expect(failures[0]?.error).toMatchObject({ code: 'MXL_SEAL_TIMESTAMP_FAILED' });
    expect((await log.close({ timeoutMs: 10_000 })).ok).toBe(true);
    expect(await verifyLog(path, { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, timestamps: 0 });
  });
});
