import { generateKeyPairSync } from 'node:crypto';
import { type DirectEntry, type LineText } from '@metaexpert/logger-core';
import { ORIGIN } from '../../test-fixtures/sealed-log';
import { ChainComposer } from './chain-composer';
import { type Composer } from './composer';
import { keySigner } from './key-signer';
import { SealChain } from './seal-chain';
import { SealKeys } from './seal-keys';
import { parseSealWord } from './seal-word';
import { Sealer } from './sealer';
import { StagedComposer } from './staged-composer';

function chainComposer(): Composer {
  const keys = new SealKeys(ORIGIN, keySigner(generateKeyPairSync('ed25519').privateKey), undefined);
  const clock = (): string => 'none unknown unknown - -';
  const sealer = new Sealer({ origin: ORIGIN, keys, now: () => 0, clock, news: () => undefined });
  const composer = new ChainComposer({
    sealer,
    everyRecords: 1000,
    onSealFailure: 'fail',
    report: () => undefined,
    resume: () => ({ chain: new SealChain(), next: 'start' }),
  });
  composer.resume(false);
  return composer;
}

/** A record as a line of so many bytes. */
function entryOf(bytes: number): DirectEntry {
  const slab = Buffer.alloc(bytes + 2, 'x');
  const line = { slab, start: 1, end: bytes + 1, bytes } as LineText;
  return { payload: slab.toString('latin1', 1, bytes + 1), bytes, line, record: {} as never };
}

describe.each([
  ['here', chainComposer],
  ['where it is written', () => new StagedComposer(() => 0)],
])('a composer whose seal is made %s', (_where, create) => {
  it('brings what came about checkpoints again when it was not written', () => {
    const composer = create();
    composer.compose([]);
    composer.add({ type: 'timestamp', size: 1, time: '2026-11-21T08:00:00.000Z', evidence: 'one' });
    composer.add({ type: 'timestamp', size: 2, time: '2026-11-21T08:00:01.000Z', evidence: 'two' });
    const evidenceIn = (text: string): string[] => text.match(/(?<="evidence":")\w+/g) ?? [];
    const first = composer.compose([entryOf(100)]);
    const payloads = (out: readonly { payload: string }[]): string => out.map(({ payload }) => payload).join('\n');
    expect(evidenceIn(payloads(first.out))).toEqual(['one', 'two']);
    const places = [...first.out.keys()].filter((at) => first.out[at]?.payload.includes('"one"'));
    composer.undo(first, places);
    expect(evidenceIn(payloads(composer.compose([entryOf(100)]).out))).toEqual(['two']);
    expect(evidenceIn(payloads(composer.compose([entryOf(100)]).out))).toEqual([]);
  });
});

describe('a caller whose thread is behind', () => {
  it('hashes from half a megabyte on until nothing waits, but not what would make a write too large', () => {
    let backlog = 0;
    const composer = new StagedComposer(() => backlog);
    const helps = (...batch: DirectEntry[]): boolean => parseSealWord(composer.compose(batch).word).leaves;
    const small = entryOf(100);
    const seen: boolean[] = [];
    for (backlog of [524_288, 524_289, 1, 0, 1]) seen.push(helps(small, small));
    expect(seen).toEqual([false, true, true, false, false]);
    backlog = 1e7;
    expect(helps(entryOf(2_000_000))).toBe(false);
    expect(helps(small, { ...small, line: undefined } as never)).toBe(false);
    expect(helps(small)).toBe(true);
  });
});
