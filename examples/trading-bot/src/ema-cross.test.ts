import { EmaCross } from './ema-cross';

const sides = (closes: number[], options = { fastPeriod: 2, slowPeriod: 4 }) => {
  const strategy = new EmaCross(options);
  return closes.map((close) => strategy.onClose(close)?.side);
};

describe('the EMA cross', () => {
  it('says nothing while its averages warm up, nor at the first sight of them', () => {
    expect(sides([1, 2, 3, 4, 5, 6])).toEqual(Array(6).fill(undefined));
  });

  it('sells once when the price turns down and buys once when it turns up', () => {
    const signals = sides([1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4, 5, 6]).filter(Boolean);
    expect(signals).toEqual(['SELL', 'BUY']);
  });

  it('takes a touch without a crossing for nothing', () => {
    expect(sides([5, 5, 5, 5, 5, 6, 7]).filter(Boolean)).toEqual([]);
  });

  it('gives the averages that crossed', () => {
    const strategy = new EmaCross({ fastPeriod: 1, slowPeriod: 2 });
    [1, 2, 3].forEach((close) => strategy.onClose(close));
    const signal = strategy.onClose(0);
    expect(signal?.side).toBe('SELL');
    expect(signal?.fast).toBe(0);
    expect(signal?.slow).toBeCloseTo(2.5 / 3);
  });

  it('refuses a fast average that is not faster', () => {
    expect(() => new EmaCross({ fastPeriod: 26, slowPeriod: 12 })).toThrow(RangeError);
  });
});
