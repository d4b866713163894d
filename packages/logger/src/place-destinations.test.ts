import { type ConfigLayer } from '@metaexpert/logger-core';
import { placeDestinations } from './place-destinations';

const made = [
  { type: 'console', name: 'console' },
  { type: 'file', name: 'main', level: 'info' as const },
];
const listed = [{ type: 'http', name: 'remote-1', url: 'https://h/' }];
const layer = (source: ConfigLayer['source'], destinations: unknown): ConfigLayer => ({
  source,
  values: { destinations },
});

describe('the destinations of a logger', () => {
  it('are those that the parameters make and those that are listed, and any source may change the former', () => {
    const layers = [layer('code', listed), layer('environment', { main: { level: 'debug' } })];
    expect(placeDestinations(layers, made)).toEqual([made[0], { ...made[1], level: 'debug' }, ...listed]);
    expect(made[1]).toMatchObject({ level: 'info' });
  });

  it('obey a higher source than the one that lists them, and no lower one', () => {
    const change = { REMOTE_1: { level: 'error' } };
    expect(placeDestinations([layer('environment', change), layer('file', listed)], made)).toEqual([
      ...made,
      { ...listed[0], level: 'error' },
    ]);
    expect(placeDestinations([layer('code', listed), layer('environment', change)], made)).toEqual([
      ...made,
      ...listed,
    ]);
  });

  it('are all there is: what names none of them is a mistake', () => {
    expect(() => placeDestinations([layer('environment', { mian: { level: 'debug' } })], made)).toThrow(
      "destinations.mian: names none of console, main (did you mean 'main'?), nor an index",
    );
    expect(placeDestinations([layer('code', undefined)], made)).toEqual(made);
  });
});
