import { divide, floorTo, formatAmount, multiply, parseAmount } from './amount';

describe('an amount', () => {
  it.each(['0', '1', '-2', '0.015', '64123.5', '-0.00000001', '123456789012345678901234.00000001'])(
    'comes back as it was written: %s',
    (text) => expect(formatAmount(parseAmount(text))).toBe(text),
  );

  it('is written without the zeros that say nothing', () => {
    expect(formatAmount(parseAmount('81169.08000000'))).toBe('81169.08');
    expect(formatAmount(parseAmount('1.0000000000000'))).toBe('1');
  });

  it.each(['', ' 1', '1e3', '.5', '5.', '+1', '1,000', 'NaN', '0x10', '--1', '１'])('refuses %p', (text) =>
    expect(() => parseAmount(text)).toThrow('is not a decimal number'),
  );

  it('refuses what it cannot hold exactly', () => {
    expect(() => parseAmount('0.000000001')).toThrow("'0.000000001' has more than 8 decimals");
  });

  it('adds up where floats do not', () => {
    expect(formatAmount(parseAmount('0.1') + parseAmount('0.2'))).toBe('0.3');
  });

  it('rounds a product to the nearest unit, halves away from zero', () => {
    expect(formatAmount(multiply(parseAmount('0.00000001'), parseAmount('0.5')))).toBe('0.00000001');
    expect(formatAmount(multiply(parseAmount('0.00000001'), parseAmount('-0.5')))).toBe('-0.00000001');
    expect(formatAmount(multiply(parseAmount('0.00000001'), parseAmount('0.49')))).toBe('0');
  });

  it('never buys more than the money is enough for', () => {
    const [money, price] = [parseAmount('100'), parseAmount('3')];
    const quantity = divide(money, price);
    expect(formatAmount(quantity)).toBe('33.33333333');
    expect(multiply(quantity, price) <= money).toBe(true);
  });

  it('is cut to whole lots', () => {
    expect(formatAmount(floorTo(parseAmount('0.00001'), parseAmount('0.12345678')))).toBe('0.12345');
  });
});
