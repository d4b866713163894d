import { Ema } from './ema';

const all = (period: number, values: number[]) => {
  const ema = new Ema(period);
  return values.map((value) => ema.add(value));
};

describe('the exponential moving average', () => {
  it('begins with the plain average of as many values as it spans', () => {
    expect(all(3, [1, 2, 6])).toEqual([undefined, undefined, 3]);
  });

  it('then moves by 2 / (period + 1) of the distance', () => {
    const [, , , fourth, fifth] = all(3, [1, 2, 6, 7, 1]);
    expect(fourth).toBeCloseTo(5);
    expect(fifth).toBeCloseTo(3);
  });

  it('over one value is that value', () => expect(all(1, [4, 9, 2])).toEqual([4, 9, 2]));

  it('of a constant is the constant', () => {
    expect(all(10, Array<number>(50).fill(0.02948)).slice(9)).toEqual(Array<number>(41).fill(0.02948));
  });

  it.each([0, -1, 1.5, NaN])('over %p values is refused', (period) =>
    expect(() => new Ema(period)).toThrow(RangeError),
  );
});
