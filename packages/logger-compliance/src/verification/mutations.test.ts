import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLog, type VerifyResult } from '..';
import { findLogFiles } from '../sealing/log-files';
import { type LogLines, mutate, type Mutation } from '../../test-fixtures/mutate';
import { makeKey, writeSealedLog } from '../../test-fixtures/sealed-log';

/** Set MXL_MUTATIONS=10000 for the long run. */
const MUTATIONS = Number(process.env.MXL_MUTATIONS ?? 200);

describe('a sealed log that was changed', () => {
  let folder = '';
  let publicKey = '';
  let head = '';
  let files: LogLines = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mxl-mutations-'));
    const path = join(folder, 'app.log');
    const key = makeKey(join(folder, 'key.pem'));
    publicKey = key.publicKey;
    for (const from of [1, 201])
      await writeSealedLog({
        path,
        keyPath: key.path,
        file: { maxSize: '16k', batch: { maxRecords: 7 } },
        records: 200,
        from,
      });
    files = findLogFiles(path).map((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
    expect(files.length).toBeGreaterThan(4);
    ({ head = '' } = await verifyLog(path, { trustedKeys: [publicKey] }));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function verify(lines: LogLines, publishedHead: readonly string[] = [head]): Promise<VerifyResult> {
    const paths = lines.map((file, at) => {
      const path = join(folder, `mutated.${at}`);
      writeFileSync(path, file.map((line) => `${line}\n`).join(''));
      return path;
    });
    return verifyLog(paths, { trustedKeys: [publicKey], publishedHead });
  }

  it('verifies while it is not', async () => {
    expect(await verify(files)).toMatchObject({ ok: true, unsealed: 0, firstIndex: 0 });
  });

  it('that was cut back to an earlier orderly end is whole in itself, and is convicted by a published head alone', async () => {
    const close = files.flat().findIndex((line) => line.includes('\\nkind close\\n'));
    const cut = [files.flat().slice(0, close + 1)];
    expect(await verify(cut, [])).toMatchObject({ ok: true });
    expect((await verify(cut)).problem).toMatchObject({ code: 'truncated', index: close + 1 });
  });

  it(`is convicted, and of the right thing, ${MUTATIONS} times`, async () => {
    const seed = Number(process.env.MXL_SEED ?? Date.now() % 1e9);
    const random = createRandom(seed);
    const wrong: object[] = [];
    for (let run = 0; run < MUTATIONS; run += 1) {
      const mutation = mutate(files, random);
      const { ok, problem } = await verify(mutation.lines);
      if (ok || !isNamedRight(mutation, problem?.code)) wrong.push({ run, ...mutation, lines: undefined, problem });
      else if (!isAt(mutation, problem?.index ?? -1)) wrong.push({ run, ...mutation, lines: undefined, problem });
    }
    expect({ seed, wrong: wrong.slice(0, 10), count: wrong.length }).toEqual({ seed, wrong: [], count: 0 });
  }, 3_600_000);

  it('is convicted where its first line was changed, whichever character it is', async () => {
    const [[first = '', ...rest] = [], ...others] = files;
    const codes = new Map<string, number[]>();
    for (let at = 0; at < first.length; at += 1) {
      const line = `${first.slice(0, at)}${first[at] === 'x' ? 'y' : 'x'}${first.slice(at + 1)}`;
      const { problem } = await verify([[line, ...rest], ...others]);
      const said = `${problem?.code} in line ${problem?.index}`;
      codes.set(said, [...(codes.get(said) ?? []), at]);
    }
    expect([...codes.keys()]).toEqual(['altered in line 0']);
  }, 60_000);

  function isNamedRight({ named }: Mutation, code: string | undefined): boolean {
    return named.some((name) => name === code);
  }

  /** At its very line; where checkpoints went with their lines, between the one before and that line. */
  function isAt(mutation: Mutation, index: number): boolean {
    const at = firstDifference(mutation);
    const went = ['block removed', 'file removed', 'file doubled'].includes(mutation.kind);
    return went ? index <= at && index > at - 45 : index === at;
  }

  /** A line that equals its neighbour may be taken for it. */
  function firstDifference({ lines }: Mutation): number {
    const [was, is] = [files.flat(), lines.flat()];
    const at = was.findIndex((line, index) => line !== is[index]);
    return at < 0 ? was.length : at;
  }
});

/** Mulberry32: a run can be repeated by its seed. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
