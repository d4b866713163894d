import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError } from '@metaexpert/logger-core';
import { waitFor } from '@metaexpert/logger-core/testing';
import { consoleOutput } from '@metaexpert/logger-core';
import { fileSigner, seal, type Signer, verifierKey, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, openSealedLog, ORIGIN, writeSealedLog } from '../../test-fixtures/sealed-log';

describe('keys', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');
  const key = (name: string): { path: string; publicKey: string } => makeKey(folder.path(name));

  it('that are missing or none are a ConfigError at the start, with the file named', () => {
    expect(() => fileSigner(folder.path('none.pem'))).toThrow(ConfigError);
    expect(() => fileSigner(folder.path('none.pem'))).toThrow(/none\.pem.*ENOENT/);
    writeFileSync(folder.path('bad.pem'), 'no key');
    expect(() => fileSigner(folder.path('bad.pem'))).toThrow(/bad\.pem cannot be read/);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(folder.path('rsa.pem'), rsa);
    expect(() => fileSigner(folder.path('rsa.pem'))).toThrow(/no Ed25519 key/);
    const { path: good } = key('key.pem');
    expect(() => makeKey(good)).toThrow(ConfigError);
    const wrong = { signer: fileSigner(good), origin: 'a b', everyRecords: 0, everySeconds: -1 };
    expect(() => seal(consoleOutput(), wrong)).toThrow(/origin.*\n.*everyRecords.*\n.*everySeconds/);
    expect(() => seal({ type: 'console' }, { signer: fileSigner(good) })).toThrow(/made by a factory/);
  });

  it('are rotated by a checkpoint that both sign, and each is trusted in its own time only', async () => {
    const [first, second, third] = [key('1.pem'), key('2.pem'), key('3.pem')];
    await writeSealedLog({ path: path(), keyPath: first.path, records: 50 });
    const { length } = readFileSync(path());
    const handover = { retiring: fileSigner(first.path) };
    await writeSealedLog({ path: path(), keyPath: second.path, records: 50, seal: handover });
    await writeSealedLog({ path: path(), keyPath: second.path, records: 50 });
    const both = [first.publicKey, verifierKey(ORIGIN, second.publicKey)];
    expect(await verifyLog(path(), { trustedKeys: both })).toMatchObject({ ok: true });
    const codeWith = async (trustedKeys: string[]): Promise<string | undefined> =>
      (await verifyLog(path(), { trustedKeys })).problem?.code;
    expect(await codeWith([third.publicKey])).toBe('key_unknown');
    expect(await codeWith([first.publicKey])).toBe('key_unknown');
    expect(await codeWith([second.publicKey])).toBe('key_unknown');
    expect(await codeWith(both.toReversed())).toBe('epoch_wrong');
    // The old key went on after it had been replaced: a forged end.
    writeFileSync(path(), readFileSync(path()).subarray(0, length));
    expect(await codeWith(both)).toBe('epoch_wrong');
  });

  it('of a new log cannot be used to write its past anew (CVE-2023-31439)', async () => {
    const [first, second] = [key('1.pem'), key('2.pem')];
    await writeSealedLog({ path: path(), keyPath: second.path, records: 50 });
    const result = await verifyLog(path(), { trustedKeys: [first.publicKey, second.publicKey] });
    expect(result.problem).toMatchObject({ code: 'epoch_wrong', line: 1 });
  });

  it('that changed without a handover stop the log, loudly', async () => {
    const [first, second] = [key('1.pem'), key('2.pem')];
    await writeSealedLog({ path: path(), keyPath: first.path, records: 5 });
    const { log, failures } = openSealedLog({ path: path(), keyPath: second.path });
    log.info('lost?');
    await waitFor('failure', () => failures.length > 0, 10_000);
    expect(failures[0]).toMatchObject({ error: { code: 'MXL_SEAL_KEY_CHANGED' } });
    expect(log.health()[0]).toMatchObject({ state: 'failed', queued: 1 });
    await log.close({ timeoutMs: 50 });
  });
});

describe('a signer that fails while the log is written', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  let broken = false;
  beforeEach(() => (broken = false));

  const signers: [string, Signer][] = [
    ['at once', { publicKey, sign: (message) => answer(message) }],
    ['later', { publicKey, sign: async (message) => (await new Promise(setImmediate), answer(message)) }],
  ];
  function answer(message: Uint8Array): Uint8Array {
    if (broken) throw new Error('the HSM is gone');
    return sign(null, message, privateKey);
  }

  it.each(signers)('and answers %s: holds the records back, and they come when it is back', async (_when, signer) => {
    const { log, failures } = openSealedLog({
      path: path(),
      keyPath: makeKey(folder.path('unused.pem')).path,
      seal: { signer },
    });
    for (let n = 0; n < 100; n += 1) log.info('before', { n });
    await log.flush({ timeoutMs: 10_000 });
    broken = true;
    let during = 0;
    const more = (): void => {
      for (let n = 0; n < 50; n += 1) log.info('during', { n: during++ });
    };
    more();
    await waitFor(
      'failure',
      () => failures.some(({ error }) => (error as { code?: string }).code === 'MXL_SEAL_SIGNER_FAILED'),
      10_000,
    );
    more();
    await waitFor('state', () => log.health()[0]?.state === 'failed', 10_000);
    expect(log.health()[0]?.queued).toBeGreaterThan(0);
    broken = false;
    expect((await log.close({ timeoutMs: 20_000 })).ok).toBe(true);
    expect(await verifyLog(path(), { trustedKeys: [pem] })).toMatchObject({ ok: true, unsealed: 0 });
    expect(readFileSync(path(), 'utf8').match(/"message":"(before|during)"/g)).toHaveLength(100 + during);
  });

  it.each(signers)(
    'and answers %s: records go on where that was chosen, and the next checkpoint covers them',
    async (_when, signer) => {
      const { log, failures } = openSealedLog({
        path: path(),
        keyPath: makeKey(folder.path('unused.pem')).path,
        seal: { signer, onSealFailure: 'continue', everySeconds: 0.2 },
      });
      broken = true;
      for (let n = 0; n < 200; n += 1) log.info('during', { n });
      await log.flush({ timeoutMs: 10_000 });
      await waitFor(
        'failure',
        () => failures.some(({ error }) => (error as { code?: string }).code === 'MXL_SEAL_SIGNER_FAILED'),
        10_000,
      );
      expect(log.health()[0]).toMatchObject({ delivered: 200, queued: 0 });
      expect(readFileSync(path(), 'utf8')).not.toContain('{"seal"');
      broken = false;
      await waitFor('a checkpoint', () => readFileSync(path(), 'utf8').includes('{"seal"'), 10_000);
      await log.close({ timeoutMs: 20_000 });
      expect(await verifyLog(path(), { trustedKeys: [pem] })).toMatchObject({ ok: true, unsealed: 0 });
    },
  );

  it('that answers with what is no signature has failed', async () => {
    const signer: Signer = { publicKey, sign: () => new Uint8Array(64) };
    const { log, failures } = openSealedLog({
      path: path(),
      keyPath: makeKey(folder.path('unused.pem')).path,
      seal: { signer },
    });
    log.info('x');
    await waitFor('failure', () => failures.length > 0, 10_000);
    expect(failures[0]?.error).toMatchObject({ code: 'MXL_SEAL_SIGNER_FAILED' });
    await log.close({ timeoutMs: 50 });
  });
});
