import { KeyTable } from './key-table';

describe('the table of keys', () => {
  const table = () => new KeyTable((key) => key === 'secret');

  it('says of a key behind another one what it says of the key, whatever stood there before', () => {
    const keys = table();
    const names = ['symbol', 'price', 'secret', 'level', 'event_type', 'x'.repeat(2000), 'symbol'];
    for (const before of [undefined, ...names]) {
      for (const name of [...names, ...names]) {
        const info = keys.behind(before === undefined ? undefined : keys.info(before), name);
        expect(info).toEqual({ ...keys.info(name), next: info.next });
        expect(info.key).toBe(name);
      }
    }
  });

  it('holds on to no more keys behind others than it keeps', () => {
    const keys = table();
    let last = keys.behind(undefined, 'first');
    for (let i = 0; i < 10_000; i++) last = keys.behind(last, `key${i}`);
    const seen = new Set<string>();
    for (let one = keys.info('first').next; one !== undefined && !seen.has(one.key); one = one.next) seen.add(one.key);
    expect(seen.size).toBeLessThanOrEqual(4096);
    expect(keys.behind(keys.info('first'), 'x'.repeat(5000)).next).toBeUndefined();
    expect(keys.info('first').next?.key).not.toBe('x'.repeat(5000));
  });
});
