import { makeCandleSeries } from './candle-series';

describe('the made-up series', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(makeCandleSeries({ seed: 7 })).toEqual(makeCandleSeries({ seed: 7 }));
    expect(makeCandleSeries({ seed: 7 })).not.toEqual(makeCandleSeries({ seed: 8 }));
  });

  it('has candles that can be', () => {
    const series = makeCandleSeries({ seed: 3, candles: 2000 });
    expect(series).toHaveLength(2000);
    for (const { open, high, low, close } of series) {
      expect(low > 0n && low <= open && low <= close && high >= open && high >= close).toBe(true);
    }
  });
});
