import { createPrivateKey } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { verifyLog } from '..';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { makeKey, ORIGIN, writeSealedLog } from '../../test-fixtures/sealed-log';
import { SealStage, type SealStageData } from './seal-stage';
import { formatSealWord, type SealWord } from './seal-word';

describe('a seal in the thread that writes', () => {
  const folder = folderPerTest();
  const path = (): string => folder.path('app.log');

  function open(options: Partial<SealStageData> & { keyPath: string; retiringPath?: string }): SealStage {
    const { keyPath, retiringPath, ...rest } = options;
    const read = (at: string) => createPrivateKey(readFileSync(at));
    const retiringKey = retiringPath === undefined ? undefined : read(retiringPath);
    return new SealStage(
      { origin: ORIGIN, path: path(), key: read(keyPath), retiringKey, everyRecords: 1000, onSealFailure: 'fail', clockTier: undefined, tellsHeads: false, ...rest }, // prettier-ignore
      () => undefined,
    );
  }

  /** What one write comes to, all of it written. */
  function write(stage: SealStage, lines: string[], word: Partial<SealWord> = {}, multiline = false): string[] {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const told = formatSealWord({ due: undefined, resume: false, leaves: false, ...word });
    const out = stage.take(bytes, { word: told, multiline });
    appendFileSync(path(), out);
    stage.settle(out.length);
    return out.toString().split('\n').slice(0, -1);
  }

  const kindsOf = (lines: string[]): string[] => lines.flatMap((line) => /checkpoint \d+: (\w+)/.exec(line)?.[1] ?? []);

  it('hands the log over to another key before anything else that is due', async () => {
    const [old, next] = [makeKey(folder.path('old.pem')), makeKey(folder.path('next.pem'))];
    await writeSealedLog({ path: path(), keyPath: old.path, records: 30 });
    const stage = open({ keyPath: next.path, retiringPath: old.path });
    expect(kindsOf(write(stage, ['one'], { resume: true, due: 'rotation' }))).toEqual(['handover']);
    expect(kindsOf(write(stage, [], { due: 'close' }))).toEqual(['close']);
    const trustedKeys = [old.publicKey, next.publicKey];
    expect(await verifyLog(path(), { trustedKeys })).toMatchObject({ ok: true, unsealed: 0 });
  });

  it('seals nothing by time or at the end when there is nothing new', () => {
    const stage = open({ keyPath: makeKey(folder.path('key.pem')).path });
    expect(kindsOf(write(stage, ['one']))).toEqual(['start']);
    expect(kindsOf(write(stage, [], { due: 'interval' }))).toEqual(['interval']);
    expect(write(stage, [], { due: 'interval' })).toEqual([]);
    expect(kindsOf(write(stage, [], { due: 'close' }))).toEqual(['close']);
    expect(write(stage, [], { due: 'close' })).toEqual([]);
  });

  it('lets nothing come between the lines of a text', () => {
    const stage = open({ keyPath: makeKey(folder.path('key.pem')).path, everyRecords: 2 });
    const lines = write(stage, ['one', '  at two', '  at three', '  at four'], {}, true);
    expect(lines.filter((line) => !line.startsWith('{"seal"'))).toEqual(['one', '  at two', '  at three', '  at four']);
    expect(lines.findIndex((line) => line === 'one')).toBe(1);
    expect(kindsOf(lines.slice(5))).toEqual(['interval']);
  });

  it('goes on from the disk when somebody else has written the log', async () => {
    const key = makeKey(folder.path('key.pem'));
    const stage = open({ keyPath: key.path });
    write(stage, ['one']);
    await writeSealedLog({ path: path(), keyPath: key.path, records: 30 });
    expect(kindsOf(write(stage, ['two'], { resume: true }))).toEqual(['start']);
    write(stage, [], { due: 'close' });
    expect(await verifyLog(path(), { trustedKeys: [key.publicKey] })).toMatchObject({ ok: true, unsealed: 0 });
  });
});
