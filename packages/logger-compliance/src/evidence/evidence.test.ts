import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@metaexpert/logger-core/testing';
import { verifyLog, writeEvidence } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, openSealedLog, writeSealedLog } from '../../test-fixtures/sealed-log';
import { startTimeStampAuthority } from '../../test-fixtures/time-stamp-authority';
import { findLogFiles } from '../sealing/log-files';
import { fileSigner } from '../sealing/signer';

const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
// As for the servers of other tests: whoever says that all is there wants to know when it is not.
const required = Boolean(process.env['CI']) || process.env['MXL_SERVERS'] === '1';
const withGo = has('go', 'version') || required ? describe : describe.skip;
const withOpenssl = (has('openssl', 'version') && process.platform !== 'win32') || required ? describe : describe.skip;

/** What a machine without Node and Go has of a POSIX system. */
const POSIX = ['sh', 'dirname', 'basename', 'mktemp', 'rm', 'awk', 'cat', 'ls', 'od', 'tr', 'openssl'];

interface Told {
  readonly status: number | null;
  readonly said: string;
}

describe('an evidence bundle', () => {
  const folder = folderPerTest();

  /** A log in several files, the older ones packed, and its bundle. */
  async function bundleOf(records = 24, maxSize = '3k'): Promise<{ into: string; publicKey: string; path: string }> {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('logs', 'app.log');
    const heads: string[] = [];
    const seal = { everyRecords: 8, onCheckpoint: (note: string) => void heads.push(note) };
    await writeSealedLog({ path, keyPath: key.path, file: { maxSize, zippedArchive: true }, records, seal });
    await waitFor('archives', () => findLogFiles(path).every((file) => file.endsWith('.gz') || file === path), 10_000);
    const into = folder.path('case-17');
    const publishedHead = heads.slice(1, 3);
    const { ok } = await writeEvidence({
      into,
      logs: [{ path, seal: { trustedKeys: [key.publicKey], publishedHead } }],
    });
    expect(ok).toBe(true);
    return { into, publicKey: key.publicKey, path };
  }

  /** Changes a file of the bundle, and its sum, as whoever forges a bundle would. */
  function forge(into: string, name: string, change: (text: string) => string): () => void {
    const [path, sums] = [join(into, name), join(into, 'SHA256SUMS')];
    const [text, sumText] = [readFileSync(path, 'latin1'), readFileSync(sums, 'utf8')];
    const digest = (content: string): string => createHash('sha256').update(content, 'latin1').digest('hex');
    const next = change(text);
    expect(next).not.toBe(text);
    writeFileSync(path, next, 'latin1');
    writeFileSync(sums, sumText.replace(digest(text), digest(next)));
    return () => {
      writeFileSync(path, text, 'latin1');
      writeFileSync(sums, sumText);
    };
  }

  /** What every program that verifies has to accept and to refuse. */
  async function checkProgram(verify: (into: string, ...keys: string[]) => Told, head: string): Promise<void> {
    const { into, publicKey, path } = await bundleOf();
    const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
    const fingerprint = `SHA-256 ${createHash('sha256').update(der).digest('hex')}`;
    expect(readFileSync(join(into, 'README.txt'), 'utf8')).toContain(fingerprint);
    const good = verify(into);
    expect(good).toMatchObject({ status: 0, said: expect.stringMatching(/VERIFIED\n$/) });
    expect(good.said).toContain(fingerprint);
    writeFileSync(folder.path('mine.pem'), publicKey);
    expect(verify(into, folder.path('mine.pem'))).toMatchObject({ status: 0 });
    writeFileSync(folder.path('other.pem'), makeKey(folder.path('other-key.pem')).publicKey);
    expect(verify(into, folder.path('other.pem'))).toMatchObject({ status: 1, said: expect.stringContaining('signed by no trusted key') }); // prettier-ignore

    const lines = readdirSync(join(into, 'logs/1')).map((name) => `logs/1/${name}`);
    expect(lines.length).toBeGreaterThan(2);
    const [first = '', last = ''] = [lines[0], lines.at(-1)];
    const forgeries: [string, (text: string) => string][] = [
      [first, (text) => text.replace('order placed', 'order placec')],
      [first, (text) => text.slice(text.indexOf('\n') + 1)],
      [last, (text) => text.replace(/^.*\n/, (line) => line + line)],
      [last, (text) => text.replace(/^(.*\n)(.*\n)/, '$2$1')],
      [head, (text) => text.replace(/^\d+$/m, (size) => String(Number(size) - 1))],
      ['proofs/1/skip', () => '1\n'],
      ['proofs/1/start', () => '1\n'],
    ];
    for (const [name, change] of forgeries) {
      const mend = forge(into, name, change);
      expect({ name, ...verify(into) }).toMatchObject({ status: 1, said: expect.stringContaining('REFUSED') });
      mend();
    }
    const mend = forge(into, 'report.json', () => '{}');
    mend();
    writeFileSync(join(into, 'report.html'), 'nothing happened');
    expect(verify(into).said).toContain('REFUSED: report.html is not the file of the bundle');

    // Without the first file, nothing proves the first lines of the next one any more.
    unlinkSync(findLogFiles(path)[0] ?? '');
    const trimmed = folder.path('trimmed');
    const seal = { trustedKeys: [publicKey], trimmed: true };
    expect(await writeEvidence({ into: trimmed, logs: [{ path, seal }] })).toMatchObject({ ok: true });
    expect(Number(readFileSync(join(trimmed, 'proofs/1/start'), 'utf8'))).toBeGreaterThan(0);
    expect(verify(trimmed)).toMatchObject({ status: 0, said: expect.stringMatching(/VERIFIED\n$/) });
    forge(trimmed, 'proofs/1/edge', (text) => text.replace(/./, (digit) => (digit === '0' ? '1' : '0')));
    expect(verify(trimmed)).toMatchObject({ status: 1, said: expect.stringContaining('REFUSED') });
  }

  withGo('with nothing but Go (needs go)', () => {
    it('verifies, and is refused when anything in it was changed', async () => {
      const { into } = await bundleOf();
      const program = folder.path('verify');
      const env = { ...process.env, GO111MODULE: 'off', GOFLAGS: '' };
      execFileSync('go', ['build', '-o', program, 'verify.go'], { cwd: into, env });
      rmSync(into, { recursive: true });
      rmSync(folder.path('logs'), { recursive: true });
      rmSync(folder.path('key.pem'));
      await checkProgram((cwd, ...keys) => {
        const { status, stdout } = spawnSync(program, keys, { cwd, encoding: 'utf8' });
        return { status, said: stdout };
      }, 'proofs/1/head.note');
      const published = forge(folder.path('case-17'), 'proofs/1/published-1.note', (note) => note.replace(/^(?<=.*\n.*\n)./m, 'A')); // prettier-ignore
      expect(spawnSync(program, [], { cwd: folder.path('case-17'), encoding: 'utf8' }).stdout).toContain('REFUSED');
      published();
    }, 120_000);
  });

  withOpenssl('with nothing but openssl (needs openssl 3)', () => {
    /** A machine that has these programs and no others. */
    function bareMachine(): string {
      const bin = folder.path('bin');
      mkdirSync(bin);
      for (const name of POSIX) symlinkSync(execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim(), join(bin, name)); // prettier-ignore
      return bin;
    }

    it('verifies, and is refused when anything in it was changed', async () => {
      const bin = bareMachine();
      await checkProgram((into, ...keys) => {
        const { status, stdout } = spawnSync(join(bin, 'sh'), [join(into, 'verify.sh'), ...keys], { env: { PATH: bin }, encoding: 'utf8' }); // prettier-ignore
        return { status, said: stdout };
      }, 'proofs/1/head.txt');
    }, 120_000);

    it('has its time stamps verified', async () => {
      const authority = await startTimeStampAuthority(folder.path('tsa'));
      const key = makeKey(folder.path('key.pem'));
      const path = folder.path('app.log');
      const { log } = openSealedLog({ path, keyPath: key.path, seal: { timestampUrl: authority.url } });
      for (let n = 0; n < 50; n += 1) log.info('order placed', { n });
      await log.flush({ timeoutMs: 10_000 });
      await waitFor('a token in the log', () => readFileSync(path, 'utf8').includes('{"seal":"timestamp"'), 20_000);
      await log.close({ timeoutMs: 10_000 });
      await authority.close();
      const into = folder.path('bundle');
      await writeEvidence({ into, authorityFile: authority.caFile, logs: [{ path, seal: { trustedKeys: [key.publicKey] } }] }); // prettier-ignore
      const verify = () => spawnSync('sh', [join(into, 'verify.sh')], { encoding: 'utf8' });
      expect(verify().stdout).toMatch(/lines were there when the authority stamped them: \w+.*GMT[^]*VERIFIED\n$/);
      const token = readdirSync(join(into, 'proofs/1/tokens')).find((name) => name.endsWith('.note')) ?? '';
      forge(into, `proofs/1/tokens/${token}`, (note) => note.replace('kind', 'kinn'));
      expect(verify().stdout).toContain('is no token of this authority over');
    }, 60_000);
  });

  it('of a span of time has the files of that time and the next one, and the keys and heads of that time', async () => {
    const { path, publicKey } = await bundleOf(60, '8k');
    const to = new Date().toISOString();
    const file = { maxSize: '8k' };
    // What is logged in one millisecond cannot be told apart by time.
    await waitFor('the next millisecond', () => new Date().toISOString() > to, 10_000);
    await writeSealedLog({ path, keyPath: folder.path('key.pem'), file, records: 120, from: 61 });
    const [next, ended] = [makeKey(folder.path('next.pem')), new Date().toISOString()];
    await waitFor('the next millisecond', () => new Date().toISOString() > ended, 10_000);
    const from = new Date().toISOString();
    const heads: string[] = [];
    const [signer, retiring] = [fileSigner(next.path), fileSigner(folder.path('key.pem'))];
    const seal = { signer, retiring, onCheckpoint: (note: string) => void heads.push(note) };
    await writeSealedLog({ path, keyPath: next.path, file, records: 60, from: 181, seal });
    const trustedKeys = [publicKey, next.publicKey];
    expect(await verifyLog(path, { trustedKeys, publishedHead: heads })).toMatchObject({ ok: true });
    const into = folder.path('part');
    const bundle = await writeEvidence({ into, to, logs: [{ path, seal: { trustedKeys, publishedHead: heads } }] });
    expect(bundle).toMatchObject({ ok: true, folder: into, report: { from: null, to } });
    expect(bundle.report.logs[0]?.records).toBe(60);
    const part = readdirSync(join(into, 'logs/1')).map((name) => join(into, 'logs/1', name));
    expect(part.length).toBeLessThan(findLogFiles(path).length - 2);
    expect(readdirSync(join(into, 'keys/1'))).toEqual(['1.pem', '1.vkey']);
    expect(readdirSync(join(into, 'proofs/1')).filter((name) => name.startsWith('published'))).toEqual([]);
    expect(await verifyLog(part, { trustedKeys: [publicKey], live: true })).toMatchObject({ ok: true });

    const last = await writeEvidence({ into: folder.path('last'), from, logs: [{ path, seal: { trustedKeys, publishedHead: heads } }] }); // prettier-ignore
    expect(last).toMatchObject({
      ok: true,
      report: { logs: [{ records: 60, seal: { headsConfirmed: heads.length } }] },
    });
    const rest = readdirSync(folder.path('last', 'logs/1')).map((name) => folder.path('last', 'logs/1', name));
    expect(rest.length).toBeLessThan(findLogFiles(path).length - 2);
    expect(await verifyLog(rest, { trustedKeys, trimmed: true })).toMatchObject({ ok: true });
  });

  it('of a log that was changed says so, and is never written over another', async () => {
    const { into, path, publicKey } = await bundleOf();
    writeFileSync(path, readFileSync(path, 'utf8').replace('order placed', 'order placec'));
    const logs = [{ path, seal: { trustedKeys: [publicKey] } }];
    await expect(writeEvidence({ into, logs })).rejects.toMatchObject({ code: 'MXL_EVIDENCE_FOLDER' });
    const changed = await writeEvidence({ into: folder.path('changed'), logs });
    expect(changed).toMatchObject({ ok: false, report: { logs: [{ seal: { problem: { code: 'altered' } } }] } });
    expect(readFileSync(folder.path('changed', 'README.txt'), 'utf8')).toContain('NOT IN ORDER: altered');
    expect(existsSync(folder.path('changed', 'SHA256SUMS'))).toBe(true);
  });
});
