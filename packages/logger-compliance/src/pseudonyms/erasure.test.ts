import { readFileSync } from 'node:fs';
import { createLogger } from '@metaexpert/logger-core';
import {
  createFileKeyStore,
  createSubjectVault,
  encryptSubject,
  proveConsistency,
  proveLine,
  verifyInclusion,
  verifyLog,
} from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, sealedFile } from '../../test-fixtures/sealed-log';

describe('the erasure of a person', () => {
  const folder = folderPerTest();
  const vaultOf = () =>
    createSubjectVault({
      store: createFileKeyStore({ path: folder.path('subjects'), masterKey: Buffer.alloc(32, 7) }),
      indexKey: 'thirty-two other random bytes at the very least',
    });

  it('leaves every proof of a sealed log as it was, and of the person nothing', async () => {
    const path = folder.path('app.log');
    const key = makeKey(folder.path('seal.pem'));
    const heads: string[] = [];
    const vault = vaultOf();
    const log = createLogger({
      ...{ sources: false, exitHooks: false },
      processors: [encryptSubject({ vault, subject: 'clientId', keys: ['email'] })],
      destinations: [sealedFile({ path, keyPath: key.path, seal: { onCheckpoint: (note) => void heads.push(note) } })],
    });
    for (let n = 0; n < 50; n++) log.info('signed in', { clientId: `C-${n % 2}`, email: `jane${n % 2}@example.com` });
    await log.close({ timeoutMs: 20_000 });

    const file = readFileSync(path, 'utf8');
    const emails = file.split('\n').filter((line) => line.includes('"email"')).map((line) => (JSON.parse(line) as { email: string }).email); // prettier-ignore
    expect(file).not.toContain('@example.com');
    expect(emails.map((email) => vaultOf().decrypt(email))).toEqual(expect.arrayContaining(['jane0@example.com', 'jane1@example.com'])); // prettier-ignore
    const options = { trustedKeys: [key.publicKey], publishedHead: heads };
    const before = await verifyLog(path, options);
    expect(before).toMatchObject({ ok: true, headsConfirmed: heads.length });
    const proof = await proveLine(path, { index: 1, checkpoint: before.head as string });

    vault.eraseSubject('C-1');

    expect(readFileSync(path, 'utf8')).toBe(file);
    expect(await verifyLog(path, options)).toEqual(before);
    expect(verifyInclusion(proof)).toBe(true);
    expect(await proveLine(path, { index: 1, checkpoint: before.head as string })).toEqual(proof);
    await expect(proveConsistency(path, { from: heads[0] as string, to: heads.at(-1) as string })).resolves.toBeDefined(); // prettier-ignore
    const shred = expect.objectContaining({ code: expect.stringMatching(/^MXL_/) as string });
    for (const [index, email] of emails.entries()) {
      if (index % 2 === 1) expect(() => vaultOf().decrypt(email)).toThrow(shred);
      else expect(vaultOf().decrypt(email)).toBe('jane0@example.com');
    }
  });
});
