import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { verifyConsistency } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, writeSealedLog } from '../../test-fixtures/sealed-log';
import { parseTreeHead } from '../sealing/checkpoint';
import { findLogFiles } from '../sealing/log-files';
import { fileSigner } from '../sealing/signer';
import { hashToBase64 } from '../sealing/sha256';
import { parseNote } from '../sealing/signed-note';
import { proveGrowth } from './prove-growth';

describe('a proof of growth', () => {
  const folder = folderPerTest();

  it.each(['at once', 'later'])('holds from each checkpoint to each later one, over files, signed %s', async (when) => {
    const key = makeKey(folder.path('key.pem'));
    const path = folder.path('app.log');
    const signer = fileSigner(key.path);
    const sign = async (message: Uint8Array): Promise<Uint8Array> => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      return signer.sign(message);
    };
    const seal = when === 'later' ? { signer: { ...signer, sign } } : {};
    const file = { maxSize: '6k', zippedArchive: true, batch: { maxRecords: 5 } };
    for (const from of [1, 61]) await writeSealedLog({ path, keyPath: key.path, records: 60, from, file, seal });
    const files = findLogFiles(path);
    expect(files.length).toBeGreaterThan(4);
    const notes = files
      .flatMap((name) =>
        (name.endsWith('.gz') ? gunzipSync(readFileSync(name)) : readFileSync(name)).toString().split('\n'),
      )
      .filter((line) => line.startsWith('{"seal":"checkpoint"'))
      .map((line) => (JSON.parse(line) as { note: string }).note);
    const heads = notes.map((note) => ({ note, ...parseTreeHead(parseNote(note).text) }));
    expect(heads.length).toBeGreaterThan(3);
    for (const [at, older] of heads.entries()) {
      for (const newer of heads.slice(at)) {
        const proof = await proveGrowth(files, older.size, newer.note);
        const [oldRoot, root] = [hashToBase64(older.root), hashToBase64(newer.root)];
        expect(verifyConsistency({ oldSize: older.size, oldRoot, size: newer.size, root, proof })).toBe(true);
      }
    }
    const newest = heads.at(-1)?.note ?? '';
    await expect(proveGrowth(files, 2, newest)).rejects.toMatchObject({ code: 'MXL_SEAL_NOT_IN_LOG' });
    await expect(proveGrowth(files.toSpliced(-2, 1), heads[1]?.size ?? 0, newest)).rejects.toMatchObject({ code: 'MXL_SEAL_NOT_IN_LOG' }); // prettier-ignore
  });
});
