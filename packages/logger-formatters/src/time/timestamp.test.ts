import { testRecord } from '@metaexpert/logger-core/testing';
import { fineTime } from './fine-time';
import { createJsonTimestamp, createTimestamp } from './timestamp';

const at = (text: string, fraction = 0): ReturnType<typeof testRecord> => {
  const time = Date.parse(text) + fraction;
  return testRecord({ time, timestamp: new Date(time).toISOString() });
};

describe('a timestamp', () => {
  it('has three digits unless asked for more', () => {
    const record = at('2031-01-01T00:00:00.123Z', 0.4567);
    expect(createTimestamp()(record)).toBe('2031-01-01T00:00:00.123Z');
    expect(createTimestamp({ digits: 6 })(record)).toBe('2031-01-01T00:00:00.123457Z');
    expect(createTimestamp({ digits: 9 })(record)).toBe('2031-01-01T00:00:00.123457000Z');
  });

  it('never runs back within the process, and is another one for each record of a millisecond', () => {
    const micros = createTimestamp({ digits: 6 });
    const moment = '2032-01-01T00:00:00.500Z';
    const texts = Array.from({ length: 2500 }, () => micros(at(moment)));
    expect(texts.slice(0, 2)).toEqual(['2032-01-01T00:00:00.500000Z', '2032-01-01T00:00:00.500001Z']);
    // A clock that is set back a little is waited for; the records of 2.5 ms have gone beyond this one too.
    texts.push(
      micros(at('2032-01-01T00:00:00.400Z')),
      micros(at('2032-01-01T00:00:00.501Z')),
      micros(at('2032-01-01T00:00:00.503Z')),
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect([...texts].sort()).toEqual(texts);
    expect(texts.at(-1)).toBe('2032-01-01T00:00:00.503000Z');
    // One that is set back far is followed.
    expect(micros(at('2031-06-01T00:00:00.000Z'))).toBe('2031-06-01T00:00:00.000000Z');
  });

  it('of one record is the same whoever asks', () => {
    const record = at('2033-01-01T00:00:00.000Z');
    const [first] = [fineTime(record), fineTime(at('2033-01-01T00:00:00.000Z'))];
    expect(fineTime(record)).toEqual(first);
    expect(createTimestamp({ digits: 9 })(record)).toBe('2033-01-01T00:00:00.000000000Z');
  });

  it('is given in a zone with its offset of that moment', () => {
    const zoned = (zone: string, text: string): string => createTimestamp({ zone })(at(text));
    expect(zoned('Europe/Berlin', '2026-03-29T00:59:59.999Z')).toBe('2026-03-29T01:59:59.999+01:00');
    expect(zoned('Europe/Berlin', '2026-03-29T01:00:00.000Z')).toBe('2026-03-29T03:00:00.000+02:00');
    expect(zoned('America/St_Johns', '2026-01-01T00:00:00.000Z')).toBe('2025-12-31T20:30:00.000-03:30');
    expect(zoned('Asia/Kathmandu', '2026-01-01T00:00:00.000Z')).toBe('2026-01-01T05:45:00.000+05:45');
    const berlin = createTimestamp({ zone: 'Europe/Berlin' });
    const changes = ['2026-10-25T00:59:59.999Z', '2026-10-25T01:00:00.000Z'].map((text) => berlin(at(text)));
    expect(changes).toEqual(['2026-10-25T02:59:59.999+02:00', '2026-10-25T02:00:00.000+01:00']);
    expect(Date.parse(zoned('local', '2026-01-01T00:00:00.000Z'))).toBe(Date.UTC(2026, 0, 1));
  });

  it('is a time since 1970 in a unit', () => {
    const moment = (): ReturnType<typeof at> => at('2034-01-01T00:00:00.123Z', 0.25);
    const ms = Date.parse('2034-01-01T00:00:00.123Z');
    const [s, whole, us, ns] = (['s', 'ms', 'us', 'ns'] as const).map((epoch) => createTimestamp({ epoch }));
    const record = moment();
    expect([s!(record), whole!(record)]).toEqual([(ms / 1000).toFixed(3), String(ms)]);
    expect([us!(record), ns!(record)]).toEqual([`${ms}250`, `${ms}250000`]);
    expect(createTimestamp({ epoch: 's', digits: 9 })(record)).toBe(`${(ms / 1000).toFixed(3)}250000`);
    expect(createTimestamp({ epoch: 's', digits: 6 })(at('1969-12-31T23:59:58.500Z'))).toBe('-1.500000');
  });

  it('is a number in JSON where a double holds it', () => {
    const record = at('2035-01-01T00:00:00.123Z');
    const types = (['s', 'ms', 'us', 'ns'] as const).map(
      (epoch) => typeof JSON.parse(createJsonTimestamp({ epoch })(record)),
    );
    expect(types).toEqual(['number', 'number', 'number', 'string']);
    expect(createJsonTimestamp()(record)).toBe('"2035-01-01T00:00:00.123Z"');
  });

  it('of a record whose time is none is its text, or 0', () => {
    for (const time of [Number.NaN, 1e300, -1e300, Infinity]) {
      const record = testRecord({ time });
      expect(createTimestamp({ digits: 6, zone: 'Asia/Tokyo' })(record)).toBe(record.timestamp);
      expect(createTimestamp({ epoch: 'ns' })(record)).toBe('0');
    }
  });

  it('cannot be asked for in another way', () => {
    expect(() => createTimestamp({ digits: 4 as 3 })).toThrow('timestamp.digits: 4 is not one of 3, 6, 9');
    expect(() => createTimestamp({ zone: 'Mars/Olympus' })).toThrow("timestamp.zone: 'Mars/Olympus' is neither");
  });
});
