import { renameSync } from 'node:fs';
import { waitFor } from '@metaexpert/logger-core/testing';
import { cosignedAt, createWitness, verifierKey, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { type HttpWitness, startWitness } from '../../test-fixtures/http-witness';
import { makeKey, openSealedLog, ORIGIN, writeSealedLog } from '../../test-fixtures/sealed-log';
import { findLogFiles } from '../sealing/log-files';

describe('a witness', () => {
  const folder = folderPerTest();
  let server: HttpWitness;
  let key: { path: string; publicKey: string };
  const path = (): string => folder.path('app.log');

  beforeEach(async () => {
    key = makeKey(folder.path('key.pem'));
    server = await startWitness(verifierKey(ORIGIN, key.publicKey));
  });
  afterEach(() => server.close());

  it('signs checkpoints of a log that grows over files and restarts, each proven from the one before', async () => {
    const cosigned: string[] = [];
    const failures: Error[] = [];
    for (const run of [1, 2]) {
      const witness = createWitness({
        url: server.url,
        key: server.key,
        path: path(),
        onCosigned: (note) => void cosigned.push(note),
        onFailure: (error) => failures.push(error),
      });
      const { log } = openSealedLog({
        path: path(),
        keyPath: key.path,
        file: { maxSize: '8k', batch: { maxRecords: 5 } },
        seal: { onCheckpoint: (note) => witness.offer(note) },
      });
      for (let n = 0; n < 4; n += 1) {
        for (let record = 0; record < 33; record += 1) log.info('order placed', { run, n, record });
        const before = cosigned.length;
        await log.flush({ timeoutMs: 10_000 });
        await waitFor('a cosignature', () => cosigned.length > before, 20_000);
      }
      await log.close({ timeoutMs: 10_000 });
      await witness.settled();
    }
    expect(failures).toEqual([]);
    expect(findLogFiles(path()).length).toBeGreaterThan(3);
    // A new process does not know what was signed last: it is told, once.
    expect(server.asked.filter(({ status }) => status === 409)).toEqual([{ old: 0, status: 409, proof: 0 }]);
    expect(server.asked.filter(({ status }) => status === 200)).toHaveLength(cosigned.length);
    expect(server.asked.some(({ proof }) => proof > 2)).toBe(true);
    const last = cosigned.at(-1) ?? '';
    expect(Math.abs(Date.now() - (cosignedAt(last, server.key)?.getTime() ?? 0))).toBeLessThan(60_000);
    const result = await verifyLog(path(), { trustedKeys: [key.publicKey], publishedHead: cosigned });
    expect(result).toMatchObject({ ok: true, headsConfirmed: cosigned.length });
    expect(cosignedAt(last.replace('kind close', 'kind start'), server.key)).toBeUndefined();
  }, 60_000);

  it('refuses a log that was written anew, and so does this one: its files do not give the proof', async () => {
    await writeSealedLog({ path: path(), keyPath: key.path, records: 50 });
    const { head = '' } = await verifyLog(path(), { trustedKeys: [key.publicKey] });
    const witness = createWitness({ url: server.url, key: server.key, path: path() });
    await witness.cosign(head);
    renameSync(path(), folder.path('honest'));
    await writeSealedLog({ path: path(), keyPath: key.path, records: 90 });
    const { head: rewritten = '' } = await verifyLog(path(), { trustedKeys: [key.publicKey] });
    await expect(witness.cosign(rewritten)).rejects.toMatchObject({ code: 'MXL_SEAL_NOT_IN_LOG' });
    const body = ['old 0', '', rewritten].join('\n');
    expect((await fetch(`${server.url}/add-checkpoint`, { method: 'POST', body })).status).toBe(409);
  });

  it('that does not know the log, says nonsense, or is not there is told as it is', async () => {
    await writeSealedLog({ path: path(), keyPath: key.path, records: 5 });
    const { head = '' } = await verifyLog(path(), { trustedKeys: [key.publicKey] });
    const ask = (url = server.url, witnessKey = server.key, note = head) =>
      createWitness({ url, key: witnessKey, path: path(), timeoutMs: 5000 }).cosign(note);
    const forged = head.replace(/\S\S==\n$|\S\S\S=\n$|\S{4}\n$/, (end) => (end.startsWith('A') ? 'B' : 'A') + end.slice(1)); // prettier-ignore
    await expect(ask(undefined, undefined, forged)).rejects.toMatchObject({ code: 'MXL_WITNESS_FAILED', message: expect.stringContaining('403') }); // prettier-ignore
    for (const respond of [
      () => '',
      () => 'no\n',
      () => `${head}\n`,
      (line: string) => line.replace(/(.{20})=*\n$/, 'A$1\n'),
    ]) {
      server.respond = respond;
      await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/^MXL_(?:WITNESS_FAILED|SEAL_MALFORMED)$/) }); // prettier-ignore
    }
    server.respond = undefined;
    await expect(ask('http://127.0.0.1:9')).rejects.toMatchObject({ code: 'MXL_WITNESS_FAILED' });
    expect(() => createWitness({ url: server.url, key: 'w+00000000+AAAA', path: path() })).toThrow('witness key');
    expect(cosignedAt(await ask(), server.key)).toBeInstanceOf(Date);
  });
});
