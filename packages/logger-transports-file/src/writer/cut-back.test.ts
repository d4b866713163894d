import { closeSync, openSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { folderPerTest } from '../../test-fixtures/folder-per-test';
import { cutBack } from './cut-back';

describe('cutting a failed write back', () => {
  const folder = folderPerTest();

  function cut(bytes: number, flags = 'r+'): number | undefined {
    const fd = openSync(folder.path('app.log'), flags);
    try {
      return cutBack(fd, bytes);
    } finally {
      closeSync(fd);
    }
  }

  beforeEach(() => writeFileSync(folder.path('app.log'), 'whole\nhal'));

  it('takes away what went', () => {
    expect(cut(3)).toBe(6);
    expect(readFileSync(folder.path('app.log'), 'utf8')).toBe('whole\n');
  });

  it('makes no file longer that an outside logrotate has emptied', () => {
    truncateSync(folder.path('app.log'), 2);
    expect(cut(3)).toBe(0);
    expect(readFileSync(folder.path('app.log'))).toHaveLength(0);
  });

  it('says when it cannot', () => {
    expect(cut(3, 'r')).toBeUndefined();
  });
});
