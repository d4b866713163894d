import { formatAmount, parseAmount } from './amount';
import { type Side } from './order';
import { Portfolio } from './portfolio';

const fill = (quantity: string, price: string, fee = '0') => ({
  tradeId: 'T1',
  price: parseAmount(price),
  quantity: parseAmount(quantity),
  fee: parseAmount(fee),
});

function after(...trades: [Side, ...Parameters<typeof fill>][]) {
  const portfolio = new Portfolio(parseAmount('1000'));
  for (const [side, ...rest] of trades) portfolio.apply(side, fill(...rest));
  const { cash, position, realised, fees } = portfolio;
  return [cash, position, realised, fees].map(formatAmount);
}

describe('the portfolio', () => {
  it('pays for what it buys, with the fee', () => {
    expect(after(['BUY', '2', '100', '0.2'])).toEqual(['799.8', '2', '0', '0.2']);
  });

  it('has made what is left after both fees', () => {
    expect(after(['BUY', '2', '100', '0.2'], ['SELL', '2', '110', '0.22'])).toEqual(['1019.58', '0', '19.58', '0.42']);
  });

  it('sells a part at a part of the cost', () => {
    expect(after(['BUY', '4', '100'], ['SELL', '1', '120'])).toEqual(['720', '3', '20', '0']);
  });

  it('averages what it bought in several fills', () => {
    expect(after(['BUY', '1', '100'], ['BUY', '1', '200'], ['SELL', '1', '150'])).toEqual(['850', '1', '0', '0']);
  });

  it('leaves no rounding behind: what was made is what the cash has grown by', () => {
    const thirds = after(['BUY', '1', '100.00000001'], ['SELL', '0.33333333', '90'], ['SELL', '0.33333334', '90']);
    expect(thirds[1]).toBe('0.33333333');
    const [cash, position, realised] = after(
      ['BUY', '1', '100.00000001'],
      ['SELL', '0.33333333', '90'],
      ['SELL', '0.33333334', '90'],
      ['SELL', '0.33333333', '90'],
    );
    expect([cash, position, realised]).toEqual(['989.99999999', '0', '-10.00000001']);
  });

  it('is worth its cash and its position', () => {
    const portfolio = new Portfolio(parseAmount('1000'));
    portfolio.apply('BUY', fill('2', '100'));
    expect(formatAmount(portfolio.valueAt(parseAmount('150')))).toBe('1100');
  });

  it.each<[string, Side, Parameters<typeof fill>]>([
    ['sell what it has not', 'SELL', ['1', '1']],
    ['spend what it has not', 'BUY', ['10', '100', '0.00000001']],
  ])('will not %s', (_, side, [quantity, price, fee]) => {
    const portfolio = new Portfolio(parseAmount('1000'));
    expect(() => portfolio.apply(side, fill(quantity, price, fee))).toThrow(RangeError);
    expect([portfolio.cash, portfolio.position, portfolio.fees]).toEqual([parseAmount('1000'), 0n, 0n]);
  });
});
