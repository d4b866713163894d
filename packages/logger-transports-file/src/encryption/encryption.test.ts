import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  createReadStream,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { text } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { inspect } from 'node:util';
import { createLogger, explainConfig, type Logger } from '@metaexpert/logger-core';
import {
  decryptStream,
  type EncryptOptions,
  file,
  type FileOptions,
  readLog,
} from '@metaexpert/logger-transports-file';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { familyOf, range } from '../../test-fixtures/read-back';
import { runChild } from '../../test-fixtures/run-child';
import { numbersOf } from '../../test-fixtures/stored-logs';
import { waitFor } from '@metaexpert/logger-core/testing';
import { resolveFileSettings } from '../options/file-settings';
import { ChunkChain, type Link } from './chunk-chain';
import { withEncryption } from '../options/with-encryption';

const KEY = 'c0ffee'.repeat(10) + 'beef';
const OTHER = '00'.repeat(32);
const WORDS = 'order placed';

describe('a log encrypted at rest', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');
  const key = (): string => KEY;
  const encrypt: EncryptOptions = { keyId: 'k1', key };

  function open(options: Partial<FileOptions> = {}): Logger {
    return createLogger({ sources: false, destinations: [file({ path: path(), encrypt, ...options })] });
  }

  /** Each record a chunk of its own. */
  async function logOneByOne(from: number, to: number, options: Partial<FileOptions> = {}): Promise<void> {
    const log = open(options);
    for (const n of range(from, to)) {
      log.info(WORDS, { n });
      await log.flush();
    }
    expect((await log.close()).ok).toBe(true);
  }

  const readAll = (source: EncryptOptions['key'] = key, name = path()): Promise<number[]> =>
    numbersOf(readLog(name, { key: source }));

  /** The bytes of a file, cut at its segments' headers and chunks. */
  function piecesOf(bytes: Buffer): { link: Exclude<Link, 'torn'>; bytes: Buffer }[] {
    const chain = new ChunkChain();
    const pieces: { link: Exclude<Link, 'torn'>; bytes: Buffer }[] = [];
    while (chain.position < bytes.length) {
      const start = chain.position;
      const link = chain.step(bytes.subarray(chain.windowStart), bytes.length);
      if (link === 'torn') break;
      pieces.push({ link, bytes: bytes.subarray(start, chain.position) });
    }
    return pieces;
  }

  it.each([false, true])(
    'is read with its key, over rotations, and says nothing without (compressed: %s)',
    async (zippedArchive) => {
      const log = open({ maxSize: '20k', zippedArchive });
      for (let from = 1; from <= 3000; from += 100) {
        for (const n of range(from, from + 99)) log.info(WORDS, { n });
        await log.flush();
      }
      expect((await log.close()).ok).toBe(true);
      expect(await readAll()).toEqual(range(1, 3000));
      expect(await numbersOf(readLog(path(), { key, reverse: true }))).toEqual(range(1, 3000).reverse());
      const family = familyOf(path());
      expect(family.length).toBeGreaterThan(1);
      for (const name of family) {
        const bytes = readFileSync(name);
        expect(bytes.length).toBeLessThanOrEqual(20 * 1024);
        expect(bytes.includes(WORDS)).toBe(false);
        expect(bytes.includes(Buffer.from(KEY, 'hex'))).toBe(false);
      }
      const plainBytes = (await text(Readable.from(readFileSync(family[0] as string)).pipe(decryptStream({ key }))))
        .length;
      const stored = statSync(family[0] as string).size;
      if (zippedArchive) expect(stored).toBeLessThan(plainBytes / 2);
      else expect(stored).toBeGreaterThan(plainBytes);
    },
  );

  it('seeks by time in it', async () => {
    await logOneByOne(1, 200);
    const times: string[] = [];
    for await (const { timestamp } of readLog(path(), { key })) times.push(timestamp as string);
    const [from, to] = [times[120] as string, times[150] as string];
    const wanted = range(1, 200).filter((n) => (times[n - 1] as string) >= from && (times[n - 1] as string) < to);
    expect(await numbersOf(readLog(path(), { key, from, to, toleranceMs: 0 }))).toEqual(wanted);
  });

  it('names the key id when the key is wrong or missing, and gives no text', async () => {
    await logOneByOne(1, 3);
    const seen: unknown[] = [];
    for (const wrong of [() => OTHER, () => undefined, undefined]) {
      const reading = async (): Promise<void> => {
        for await (const record of readLog(path(), wrong && { key: wrong })) seen.push(record);
      };
      await expect(reading()).rejects.toMatchObject({
        code: wrong?.() === OTHER ? 'MXL_FILE_KEY_WRONG' : 'MXL_FILE_KEY_UNUSABLE',
        message: expect.stringContaining("'k1'") as string,
      });
    }
    const stream = createReadStream(path()).pipe(decryptStream({ key: () => OTHER }));
    await expect(text(stream)).rejects.toMatchObject({ code: 'MXL_FILE_KEY_WRONG' });
    expect(seen).toEqual([]);
  });

  it('goes on after a restart, also with another key, and never uses a salt twice', async () => {
    await logOneByOne(1, 5);
    await logOneByOne(6, 10, { encrypt: { keyId: 'k2', key: () => OTHER } });
    await logOneByOne(11, 15);
    const keys = (keyId: string): string => (keyId === 'k1' ? KEY : OTHER);
    expect(await readAll(keys)).toEqual(range(1, 15));
    const segments = piecesOf(readFileSync(path())).flatMap(({ link }) => ('segment' in link ? [link.segment] : []));
    expect(segments.map(({ keyId, number }) => [keyId, number])).toEqual([
      ['k1', 0],
      ['k2', 1],
      ['k1', 2],
    ]);
    expect(new Set(segments.map(({ salt }) => salt.toString('hex'))).size).toBe(3);
  });

  it('is read up to its last whole chunk wherever a crash has cut it, and is added to from there', async () => {
    await logOneByOne(1, 3);
    const whole = readFileSync(path());
    const ends: number[] = [];
    let end = 0;
    for (const { link, bytes } of piecesOf(whole)) {
      end += bytes.length;
      if ('chunk' in link) ends.push(end);
    }
    for (const size of [5, 20, ...ends.slice(1).flatMap((at) => [at - 1, at, at + 13])]) {
      if (size > whole.length) continue;
      writeFileSync(path(), whole.subarray(0, size));
      const kept = range(1, ends.filter((at) => at <= size).length);
      expect(await readAll()).toEqual(kept);
      await logOneByOne(7, 7);
      expect(await readAll()).toEqual([...kept, 7]);
    }
  });

  it('shows every change: a bit, an order, a missing or a foreign piece', async () => {
    await logOneByOne(1, 3);
    await logOneByOne(4, 6);
    const whole = readFileSync(path());
    await logOneByOne(11, 16, { path: folder.path('other.log') });
    const other = piecesOf(readFileSync(folder.path('other.log')));
    const pieces = piecesOf(whole).map(({ bytes }) => bytes);
    const without = (...gone: number[]): Buffer[] => pieces.filter((_, index) => !gone.includes(index));
    const swapped = (a: number, b: number): Buffer[] =>
      pieces.map((_, index) => pieces[index === a ? b : index === b ? a : index] as Buffer);
    // Header, chunks 1 to 3, header, chunks 4 to 6.
    expect(pieces).toHaveLength(8);
    const changed: Record<string, Buffer> = {
      'chunks swapped': Buffer.concat(swapped(1, 2)),
      'chunks swapped between segments': Buffer.concat(swapped(1, 5)),
      'a chunk missing': Buffer.concat(without(2)),
      'the end of a segment missing': Buffer.concat(without(3)),
      'a segment missing': Buffer.concat(without(0, 1, 2, 3)),
      'a chunk twice': Buffer.concat([...pieces.slice(0, 2), ...pieces.slice(1)]),
      'a chunk of another file': Buffer.concat([...pieces.slice(0, 2), other[2]?.bytes as Buffer, ...pieces.slice(3)]),
      'a file added': Buffer.concat([...pieces, ...other.map(({ bytes }) => bytes)]),
      'a text added': Buffer.concat([whole, Buffer.from('{"n":99}\n'.repeat(10))]),
    };
    for (let at = 0; at < whole.length; at += 17) {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 0x10;
      changed[`byte ${at}`] = copy;
    }
    for (const [what, bytes] of Object.entries(changed)) {
      writeFileSync(path(), bytes);
      const seen: number[] = [];
      let code = '';
      try {
        for await (const { n } of readLog(path(), { key })) seen.push(n as number);
      } catch (thrown) {
        ({ code } = thrown as { code: string });
      }
      // A length that was made larger looks like a cut: what is behind is missing, nothing is wrong.
      const expected =
        seen.length < 6 && code === '' ? ['cut'] : ['MXL_FILE_DAMAGED', 'MXL_FILE_KEY_WRONG', 'MXL_FILE_KEY_UNUSABLE'];
      expect([what, expected]).toEqual([what, expect.arrayContaining([code === '' ? 'cut' : code])]);
      expect(seen).toEqual(range(1, 6).slice(0, seen.length));
      if (!what.startsWith('byte')) expect([what, code]).toEqual([what, 'MXL_FILE_DAMAGED']);
    }
  });

  it('is decrypted by a stream, however the bytes come', async () => {
    await logOneByOne(1, 20);
    await logOneByOne(21, 40, { zippedArchive: true });
    const bytes = readFileSync(path());
    for (const size of [1, 7, 64, 1000, bytes.length]) {
      const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      const plain = await text(Readable.from(parts).pipe(decryptStream({ key })));
      expect(
        plain
          .trim()
          .split('\n')
          .map((line) => (JSON.parse(line) as { n: number }).n),
      ).toEqual(range(1, 40));
    }
    truncateSync(path(), bytes.length - 1);
    expect((await text(createReadStream(path()).pipe(decryptStream({ key })))).split('\n')).toHaveLength(40);
  });

  it('puts a plain file aside when encryption is turned on, an encrypted one when it is turned off, and a damaged one', async () => {
    await logOneByOne(1, 3, { encrypt: undefined as never });
    await logOneByOne(4, 6);
    await logOneByOne(7, 9, { encrypt: undefined as never });
    expect(familyOf(path()).map((name) => readFileSync(name).includes(WORDS))).toEqual([true, false, true]);
    expect(await readAll()).toEqual(range(1, 9));
    await logOneByOne(10, 12);
    appendFileSync(path(), randomBytes(500));
    await logOneByOne(13, 15);
    expect(await numbersOf(readLog(path(), { key, onDamage: () => undefined }))).toEqual([
      ...range(1, 9),
      ...range(13, 15),
    ]);
  });

  it('begins anew when somebody else cuts the file under it', async () => {
    const log = open();
    log.info(WORDS, { n: 1 });
    await log.flush();
    truncateSync(path());
    log.info(WORDS, { n: 2 });
    await log.close();
    expect(await readAll()).toEqual([2]);
  });

  it('has everything that was acknowledged before SIGKILL', async () => {
    writeFileSync(folder.path('key.txt'), KEY);
    const source = { file: folder.path('key.txt') };
    const params = { file: { path: path(), maxSize: '50k', encrypt: { keyId: 'k1', key: source } }, audit: true };
    const child = runChild('log-until-killed.cjs', params);
    await waitFor('20 acknowledgements', () => child.said.length >= 20, 20_000);
    child.process.kill('SIGKILL');
    const { said } = await child.ended;
    const acknowledged = Math.max(...said.map(({ acknowledged: n }) => n as number));
    const numbers = await readAll(source);
    expect(numbers).toEqual(range(1, numbers.length));
    expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
  });

  it('takes its key as bytes, digits or base64, from a callback, a file or the environment', async () => {
    const bytes = Buffer.from(KEY, 'hex');
    writeFileSync(folder.path('key.bin'), bytes);
    writeFileSync(folder.path('key.txt'), `${bytes.toString('base64')}\n`);
    process.env['MXL_TEST_KEY'] = bytes.toString('base64url');
    const sources: EncryptOptions['key'][] = [
      ...[() => bytes, () => KEY.toUpperCase(), { file: folder.path('key.bin') }, { file: folder.path('key.txt') }],
      { env: 'MXL_TEST_KEY' },
    ];
    for (const [index, source] of sources.entries())
      await logOneByOne(index, index, { encrypt: { keyId: 'k1', key: source } });
    for (const source of sources) expect(await readAll(source)).toEqual([0, 1, 2, 3, 4]);
    delete process.env['MXL_TEST_KEY'];
  });

  it.each<[string, unknown]>([
    ['a short key', () => KEY.slice(2)],
    ['no text of a key', () => `${KEY}!`],
    ['an unset variable', { env: 'MXL_TEST_UNSET' }],
    ['a missing file', { file: '/nowhere/key' }],
    [
      'a callback that throws',
      () => {
        throw new Error('vault is shut');
      },
    ],
    ['a key in the place of its source', KEY],
  ])('says that %s gives no key, without what was found', (_, source) => {
    let caught: unknown;
    try {
      withEncryption(resolveFileSettings({ path: path() }), { keyId: 'k1', key: source as EncryptOptions['key'] });
    } catch (thrown) {
      caught = thrown;
    }
    expect(caught).toMatchObject({ code: 'MXL_FILE_KEY_UNUSABLE', message: expect.stringContaining("'k1'") as string });
    expect(inspect(caught, { depth: 9 })).not.toContain(KEY.slice(2));
  });

  it('writes nothing in plain when there is no key', async () => {
    expect(() => open({ encrypt: { keyId: 'k1', key: { env: 'MXL_TEST_UNSET' } } })).toThrow(
      expect.objectContaining({
        code: 'MXL_CONFIG_INVALID',
        message: expect.stringContaining('MXL_TEST_UNSET') as string,
      }),
    );
    // Gone after the check, before the file is set up.
    let asked = 0;
    const log = open({ encrypt: { keyId: 'k1', key: () => (asked++ === 0 ? KEY : undefined) } });
    log.info(WORDS);
    await log.close({ timeoutMs: 100 });
    expect(existsSync(path())).toBe(false);
  });

  it('asks for its key by its id, and shows it nowhere', async () => {
    const asked: string[] = [];
    const options: EncryptOptions = { keyId: 'k1', key: (id) => (asked.push(id), Buffer.from(KEY, 'hex')) };
    const log = open({ encrypt: options });
    log.info(WORDS, { n: 1 });
    await log.flush();
    const shown = [
      log.health(),
      explainConfig({ destinations: [file({ path: path(), encrypt: options })] }),
      log,
      options,
    ];
    await log.close();
    expect(new Set(asked)).toEqual(new Set(['k1']));
    const dump = inspect(shown, { depth: 20, showHidden: true, maxArrayLength: 1000 });
    for (const word of [KEY, 'c0 ff ee c0', '192, 255, 238']) expect(dump).not.toContain(word);
  });
});
