import { type Amount, formatAmount, parseAmount } from './amount';
import { type ExchangeMoods, SimulatedExchange, usualMoods } from './exchange';
import { OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { type Order } from './order';
import { seededRandom } from './random';

const market = { symbol: 'BTCUSDT', quote: 'USDT', tick: parseAmount('0.01'), lot: parseAmount('0.00001') };
const calm: ExchangeMoods = { timeout: 0, reject: 0, split: 0, expire: 0 };
const price = parseAmount('64000');

const exchange = (moods: Partial<ExchangeMoods>, seed = 1) =>
  new SimulatedExchange({ market, random: seededRandom(seed), moods: { ...calm, ...moods } });

const order = (quantity: string, side: Order['side'] = 'BUY'): Order => ({
  orderId: 'A1',
  symbol: market.symbol,
  side,
  quantity: parseAmount(quantity),
});

const total = (fills: readonly { quantity: Amount }[]) => fills.reduce((sum, { quantity }) => sum + quantity, 0n);
const seeds = Array.from({ length: 50 }, (_, index) => index);

describe('the simulated exchange', () => {
  it('in a calm mood fills an order at once, and takes a fee of a thousandth', async () => {
    const { status, fills } = await exchange({}).submit(order('0.5'), price);
    expect(status).toBe('FILLED');
    expect(fills).toHaveLength(1);
    const [fill] = fills;
    expect(fill?.quantity).toBe(parseAmount('0.5'));
    expect(formatAmount(fill!.fee)).toMatch(/^32(\.0000\d+)?$/);
  });

  it.each(seeds)('splits an order into fills that add up to it (seed %p)', async (seed) => {
    const { status, fills } = await exchange({ split: 1 }, seed).submit(order('0.12345'), price);
    expect(status).toBe('FILLED');
    expect([2, 3]).toContain(fills.length);
    expect(total(fills)).toBe(parseAmount('0.12345'));
    expect(fills.every(({ quantity }) => quantity > 0n && quantity % market.lot === 0n)).toBe(true);
    expect(new Set(fills.map(({ tradeId }) => tradeId)).size).toBe(fills.length);
  });

  it.each(seeds)('lets the rest of an order expire, but never all of it (seed %p)', async (seed) => {
    const { status, fills } = await exchange({ split: 1, expire: 1 }, seed).submit(order('0.12345'), price);
    expect(status).toBe('PARTIALLY_FILLED');
    expect(total(fills) > 0n && total(fills) < parseAmount('0.12345')).toBe(true);
  });

  it('fills a single lot whole, which cannot be split', async () => {
    const { status, fills } = await exchange({ split: 1, expire: 1 }).submit(order('0.00001'), price);
    expect([status, fills.length, total(fills)]).toEqual(['FILLED', 1, market.lot]);
  });

  it.each(seeds)('is never better than the market, on either side (seed %p)', async (seed) => {
    const bought = await exchange({ split: 1 }, seed).submit(order('1'), price);
    const sold = await exchange({ split: 1 }, seed).submit(order('1', 'SELL'), price);
    expect(bought.fills.every((fill) => fill.price >= price)).toBe(true);
    expect(sold.fills.every((fill) => fill.price <= price)).toBe(true);
  });

  it('slips by no more than a hundredth, however coarse the tick', async () => {
    const { fills } = await exchange({ split: 1 }).submit(order('1', 'SELL'), parseAmount('0.02'));
    expect(fills.map((fill) => formatAmount(fill.price))).toEqual(fills.map(() => '0.02'));
  });

  it('rejects with a code', async () => {
    const answer = exchange({ reject: 1 }).submit(order('1'), price);
    await expect(answer).rejects.toThrow(OrderRejectedError);
    await expect(answer).rejects.toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/) });
  });

  it('times out, and says what is behind it', async () => {
    const answer = exchange({ timeout: 1 }).submit(order('1'), price);
    await expect(answer).rejects.toThrow(OrderTimeoutError);
    await expect(answer).rejects.toMatchObject({ code: 'ETIMEDOUT', cause: { message: 'socket hang up' } });
  });

  it.each(['0', '0.000001', '0.000015', '-1'])('rejects a quantity of %s', async (quantity) => {
    await expect(exchange({}).submit(order(quantity), price)).rejects.toMatchObject({ code: 'LOT_SIZE' });
  });

  it('has the same day for the same seed', async () => {
    const day = async () => {
      const seeded = exchange(usualMoods, 9);
      const answers: unknown[] = [];
      for (let index = 0; index < 30; index += 1) {
        answers.push(await seeded.submit(order('0.1'), price).catch((error: unknown) => (error as Error).name));
      }
      return answers;
    };
    const first = await day();
    expect(await day()).toEqual(first);
    expect(first).toContain('OrderTimeoutError');
    expect(first).toContain('OrderRejectedError');
  });
});
