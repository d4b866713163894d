import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testRecord } from '@metaexpert/logger-core/testing';
import { redact } from '../redaction/redact';
import { encryptSubject } from './encrypt-subject';
import { createFileKeyStore } from './file-key-store';
import { createPseudonyms } from './pseudonyms';
import { createSubjectVault, type SubjectVault } from './subject-vault';

const SECRET = 'a secret of thirty-two bytes, at least';
const MASTER = Buffer.alloc(32, 7);
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'keys-')));
  return folders.at(-1)!;
}

function vaultIn(path: string): SubjectVault {
  return createSubjectVault({ store: createFileKeyStore({ path, masterKey: MASTER }), indexKey: SECRET });
}

describe('pseudonyms', () => {
  it('are the same for the same value, others for another value, domain or key', () => {
    const pseudonyms = createPseudonyms([{ id: 'k1', secret: SECRET }]);
    const one = pseudonyms.of('client', 'C-17');
    expect(one).toMatch(/^p_k1_[\w-]{22}$/);
    expect(createPseudonyms([{ id: 'k1', secret: Buffer.from(SECRET) }]).of('client', 'C-17')).toBe(one);
    const others = [pseudonyms.of('client', 'C-18'), pseudonyms.of('account', 'C-17'), pseudonyms.of('clientC', '-17')];
    const key = createPseudonyms([{ id: 'k1', secret: `${SECRET}!` }]).of('client', 'C-17');
    expect(new Set([one, key, ...others]).size).toBe(5);
  });

  it('match under older keys until those are forgotten', () => {
    const pseudonyms = createPseudonyms([{ id: 'k1', secret: SECRET }]);
    const old = pseudonyms.of('client', 'C-17');
    pseudonyms.rotate({ id: 'k2', secret: `${SECRET}2` });
    expect(pseudonyms.of('client', 'C-17')).toMatch(/^p_k2_/);
    expect(pseudonyms.all('client', 'C-17')).toEqual([pseudonyms.of('client', 'C-17'), old]);
    expect(pseudonyms.matches('client', 'C-17', old)).toBe(true);
    expect(pseudonyms.matches('client', 'C-18', old)).toBe(false);
    expect([pseudonyms.forget('k2'), pseudonyms.forget('k1'), pseudonyms.forget('k1')]).toEqual([false, true, false]);
    expect(pseudonyms.matches('client', 'C-17', old)).toBe(false);
  });

  it('refuse keys that are none', () => {
    const code = expect.objectContaining({ code: 'MXL_PSEUDONYM_KEY' });
    for (const keys of [[], [{ id: 'k', secret: 'short' }], [{ id: 'a b', secret: SECRET }], [{ id: 'k', secret: SECRET }, { id: 'k', secret: SECRET }]]) {
      expect(() => createPseudonyms(keys)).toThrow(code);
    } // prettier-ignore
  });

  it('stand in records in the place of what a rule names', () => {
    const pseudonyms = createPseudonyms([{ id: 'k1', secret: SECRET }]);
    const hide = redact({
      keys: [{ key: 'clientId', action: 'pseudonym', name: 'client' }],
      pseudonymize: pseudonyms.of,
    });
    const record = hide(testRecord({ fields: { client_id: 17, deep: { clientId: '17' } } }));
    const expected = pseudonyms.of('client', '17');
    expect(record?.fields).toEqual({ client_id: expected, deep: { clientId: expected } });
  });
});

describe('a vault of subjects', () => {
  it('gives back what it encrypted, also after a restart, and encrypts the same text never the same', () => {
    const path = newFolder();
    const vault = vaultIn(path);
    const [one, two] = [vault.encrypt('jane', 'Jane Döe'), vault.encrypt('jane', 'Jane Döe')];
    expect(one).not.toBe(two);
    expect(one).not.toContain('jane');
    expect(vaultIn(path).decrypt(two)).toBe('Jane Döe');
    expect(vault.encrypt('john', 'x').slice(0, 39)).not.toBe(one.slice(0, 39));
  });

  it('erases a subject for good, for this process and every other, and nobody else', () => {
    const path = newFolder();
    const [vault, other] = [vaultIn(path), vaultIn(path)];
    const [jane, john] = [vault.encrypt('jane', 'a'), vault.encrypt('john', 'b')];
    expect(other.decrypt(jane)).toBe('a');
    vault.eraseSubject('jane');
    const erased = expect.objectContaining({ code: 'MXL_SUBJECT_ERASED' });
    for (const one of [vault, other, vaultIn(path)]) {
      expect(() => one.decrypt(jane)).toThrow(erased);
      expect(one.decrypt(john)).toBe('b');
    }
    for (const one of [vault, vaultIn(path)]) expect(() => one.encrypt('jane', 'again')).toThrow(erased);
    expect(readdirSync(path).filter((name) => name.endsWith('.key'))).toHaveLength(1);
  });

  it('detects what was altered, and what another master key wrapped', () => {
    const path = newFolder();
    const vault = vaultIn(path);
    const encrypted = vault.encrypt('jane', 'a');
    const altered = encrypted.slice(0, -1) + (encrypted.endsWith('A') ? 'B' : 'A');
    const data = expect.objectContaining({ code: 'MXL_SUBJECT_DATA' });
    for (const text of [encrypted.slice(0, -4), 'enc:v1:x', '', encrypted.replace(/:[0-9a-f]{8}/, ':00000000')]) {
      expect(() => vault.decrypt(text)).toThrow(data);
    }
    expect(() => vault.decrypt(altered.slice(0, 45) + 'zz' + altered.slice(47))).toThrow(data);
    const store = createFileKeyStore({ path, masterKey: Buffer.alloc(32, 8) });
    const wrong = createSubjectVault({ store, indexKey: SECRET });
    expect(() => wrong.encrypt('jane', 'b')).toThrow(expect.objectContaining({ code: 'MXL_KEY_STORE' }));
    expect(() => createFileKeyStore({ path, masterKey: Buffer.alloc(16) })).toThrow('32 are needed');
  });

  it('finishes an erasure that a crash cut off, and never takes half a key', () => {
    const path = newFolder();
    const vault = vaultIn(path);
    const encrypted = vault.encrypt('jane', 'a');
    const [key] = readdirSync(path);
    // As if the process had ended between the mark and the key, and between writing a key and naming it.
    writeFileSync(join(path, key!.replace('.key', '.erased')), '');
    writeFileSync(join(path, `${'0'.repeat(32)}.abc.new`), 'half');
    expect(() => vaultIn(path).decrypt(encrypted)).toThrow(expect.objectContaining({ code: 'MXL_SUBJECT_ERASED' }));
    expect(existsSync(join(path, key!))).toBe(false);
  });

  it('has every key on disk that it has used, when the process is killed', () => {
    const path = newFolder();
    const program = `
      const { createFileKeyStore, createSubjectVault } = require(${JSON.stringify(join(__dirname, '../../dist'))});
      const { appendFileSync } = require('node:fs');
      const store = createFileKeyStore({ path: ${JSON.stringify(path)}, masterKey: Buffer.alloc(32, 7) });
      const vault = createSubjectVault({ store, indexKey: ${JSON.stringify(SECRET)} });
      for (let i = 0; ; i++) {
        appendFileSync(${JSON.stringify(join(path, 'log'))}, vault.encrypt('s' + i, 'text ' + i) + '\\n');
        if (i === 20) process.kill(process.pid, 'SIGKILL');
      }`;
    const { signal, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    expect([signal, stderr]).toEqual(['SIGKILL', '']);
    const lines = readFileSync(join(path, 'log'), 'utf8').trim().split('\n');
    expect(lines.map((line) => vaultIn(path).decrypt(line))).toEqual(lines.map((_, index) => `text ${index}`));
  });
});

describe('encrypted fields', () => {
  it('are those of the record’s subject, masked without one and after the erasure', () => {
    const vault = vaultIn(newFolder());
    const encrypt = encryptSubject({ vault, subject: 'clientId', keys: ['email'], paths: ['order.note'] });
    const fields = { clientId: 'C-17', email: 'jane@example.com', order: { note: { n: 1 }, id: 'A1' } };
    const record = encrypt(testRecord({ fields }));
    const { email, order } = record?.fields as { email: string; order: { note: string } };
    expect(vault.decrypt(email)).toBe('jane@example.com');
    expect(vault.decrypt(order.note)).toBe('{"n":1}');
    expect(record?.fields).toMatchObject({ clientId: 'C-17', order: { id: 'A1' } });
    expect(encrypt(testRecord({ fields: { email: 'x' } }))?.fields).toEqual({ email: '***' });
    vault.eraseSubject('C-17');
    expect(encrypt(testRecord({ fields }))?.fields).toMatchObject({ email: '***', order: { note: '***', id: 'A1' } });
  });
});
