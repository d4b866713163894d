import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proveConsistency, proveLine, verifierKey, verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, ORIGIN, writeSealedLog } from '../../test-fixtures/sealed-log';

/** Where Debian's golang-golang-x-mod-dev puts the library; GOPATH mode needs no network. */
const GOPATH = '/usr/share/gocode';
const hasGo =
  spawnSync('go', ['version']).status === 0 && existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog/tlog.go'));

(hasGo || Boolean(process.env['CI']) || process.env['MXL_SERVERS'] === '1' ? describe : describe.skip)(
  "Go's golang.org/x/mod/sumdb (needs go and golang-golang-x-mod-dev)",
  () => {
    const folder = folderPerTest();

    it('verifies our checkpoints, inclusion and consistency proofs, and refuses what is not so', async () => {
      const program = folder.path('verify');
      execFileSync('go', ['build', '-o', program, join(__dirname, '../../test-fixtures/verify.go')], {
        env: { ...process.env, GO111MODULE: 'off', GOPATH, GOFLAGS: '' },
      });
      const run = (input: object): string =>
        spawnSync(program, { input: JSON.stringify(input), encoding: 'utf8' }).stdout;
      const key = makeKey(folder.path('key.pem'));
      const path = folder.path('app.log');
      await writeSealedLog({ path, keyPath: key.path, records: 150 });
      const { head = '' } = await verifyLog(path, { trustedKeys: [key.publicKey] });
      const notes = readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{"seal"'))
        .map((line) => (JSON.parse(line) as { note: string }).note);
      for (const [at, index] of [0, 1, 63, 64, 77, 154].entries()) {
        const old = notes[at + 1] as string;
        const { line, proof: Inclusion } = await proveLine(path, { index, checkpoint: head });
        const { proof: Consistency } = await proveConsistency(path, { from: old, to: head });
        const input = {
          Key: verifierKey(ORIGIN, key.publicKey),
          Old: old,
          New: head,
          Line: line,
          Index: index,
          Inclusion,
          Consistency,
        };
        expect(run(input)).toBe('VERIFIED\n');
        expect(run({ ...input, Line: `${line} ` })).toContain('REFUSED');
        expect(run({ ...input, Consistency: Consistency.toReversed() })).toContain(
          Consistency.length > 1 ? 'REFUSED' : '',
        );
        expect(run({ ...input, New: head.replace('kind close', 'kind start') })).toContain('REFUSED');
      }
    }, 120_000);
  },
);
