import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { holdsOf, readHolds } from '@metaexpert/logger-core/retention';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { FileFamily } from '../rotation/file-family';
import { holdable } from './holdable';

const NOVEMBER = { from: '2026-11-01T00:00:00Z', to: '2026-11-30T23:59:59Z' };

describe('a legal hold', () => {
  const folder = folderPerTest();

  function hold(content: unknown, name = 'case.hold'): void {
    writeFileSync(folder.path(name), typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** A file whose first record and last change were at these times. */
  function make(name: string, first: string, last: string): void {
    const text = `${JSON.stringify({ timestamp: first, n: 1 })}\n`;
    writeFileSync(folder.path(name), name.endsWith('.gz') ? gzipSync(text) : text);
    utimesSync(folder.path(name), Date.parse(last) / 1000, Date.parse(last) / 1000);
  }

  function held(): string[] {
    const holds = readHolds(folder.path());
    const rotated = new FileFamily(folder.path('app.log'), undefined).rotated(folder.path('app.log'));
    return rotated.filter((file) => holdsOf(holdable(file), holds).length > 0).map(({ path }) => basename(path));
  }

  const required = { id: 'case-17', reason: 'inquiry', since: '2026-11-21T08:00:00Z' };

  beforeEach(() => {
    make('app.log.000001.gz', '2026-09-01T00:00:00.000Z', '2026-10-10T00:00:00Z');
    make('app.log.000002.gz', '2026-10-10T00:00:00.000Z', '2026-11-05T00:00:00Z');
    make('app.log.000003', '2026-11-05T00:00:00.000Z', '2026-12-05T00:00:00Z');
    make('app.log.000004', '2026-12-05T00:00:00.000Z', '2026-12-09T00:00:00Z');
  });

  const all = ['app.log.000001.gz', 'app.log.000002.gz', 'app.log.000003', 'app.log.000004'];

  it('holds nothing when there is none', () => {
    expect(held()).toEqual([]);
  });

  it('holds every file when it names neither files nor a time', () => {
    hold(required);
    expect(held()).toEqual(all);
  });

  it.each([
    [['app.log.000003'], ['app.log.000003']],
    [['app.log.000001'], ['app.log.000001.gz']],
    ['app.log.00000?', all],
    ['*.gz', all.slice(0, 2)],
    ['app.log', all],
    ['app', []],
    ['other.log*', []],
  ])('by the names %j holds %j', (files, expected) => {
    hold({ ...required, files });
    expect(held()).toEqual(expected);
  });

  it('holds the files with records of its time, and those of both when it names files too', () => {
    hold({ ...required, ...NOVEMBER });
    expect(held()).toEqual(['app.log.000002.gz', 'app.log.000003']);
    hold({ ...required, ...NOVEMBER, files: '*.gz' });
    expect(held()).toEqual(['app.log.000002.gz']);
    hold({ ...required, from: NOVEMBER.to });
    expect(held()).toEqual(['app.log.000003', 'app.log.000004']);
  });

  it('holds a file whose first record tells no time', () => {
    writeFileSync(folder.path('app.log.000004'), 'no time here\n');
    hold({ ...required, to: '2026-01-01T00:00:00Z' });
    expect(held()).toEqual(['app.log.000004']);
  });

  it.each([
    ['{ "id": "case', 'half a file'],
    ['[]', 'no object'],
    ['null', 'nothing'],
    [{ ...required, id: '' }, 'no id'],
    [{ id: 'x', reason: 'y' }, 'no since'],
    [{ ...required, files: [5] }, 'a number for a name'],
    [{ ...required, from: 'soon', files: ['x'] }, 'no time'],
  ])('that cannot be understood (%j: %s) holds everything', (content: unknown, _) => {
    hold(content);
    expect(held()).toEqual(all);
    expect(readHolds(folder.path())[0]).toMatchObject({ id: 'case.hold' });
  });

  it('that cannot be read holds everything', () => {
    mkdirSync(folder.path('case.hold'));
    expect(held()).toEqual(all);
  });
});
