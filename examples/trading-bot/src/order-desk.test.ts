import { createCompliance } from '@metaexpert/logger-compliance';
import { type Logger } from '@metaexpert/logger-core';

import { formatAmount, parseAmount } from './amount';
import { type SimulatedExchange } from './exchange';
import { OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { Journal } from './journal';
import { type Execution } from './order';
import { OrderDesk } from './order-desk';
import { Portfolio } from './portfolio';
import { RecordLedger } from './record-ledger';
import { signRequest } from './signed-request';

const price = parseAmount('100');
const fill = (tradeId: string, quantity: string) => ({ tradeId, price, quantity: parseAmount(quantity), fee: 0n });

const credentials = { apiKey: 'k', secret: 's' };
const url = (orderId: string, quantity: string): string =>
  signRequest({ orderId, symbol: 'X', side: 'BUY', quantity: parseAmount(quantity) }, credentials).url;

/** A desk whose exchange gives these answers, one after the other. */
function deskWith(...answers: (Execution | Error)[]) {
  const said: string[] = [];
  const speak = (level: string) => (message: string) => said.push(`${level}: ${message}`);
  const levels = ['debug', 'info', 'trade', 'warning', 'error'].map((level) => [level, speak(level)]);
  const log = Object.fromEntries(levels) as Logger;
  const ledger = new RecordLedger();
  const sent: string[] = [];
  const exchange = {
    submit: async (order: { orderId: string }) => {
      sent.push(order.orderId);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as SimulatedExchange;
  const portfolio = new Portfolio(parseAmount('1000'));
  const journal = new Journal({ log, compliance: createCompliance(log, { onInvalid: 'throw' }), ledger });
  return {
    desk: new OrderDesk({ symbol: 'X', exchange, portfolio, journal, credentials }),
    portfolio,
    said,
    sent,
    ledger,
  };
}

describe('the order desk', () => {
  it('books every fill and says what is still open', async () => {
    const { desk, portfolio, said } = deskWith({ status: 'FILLED', fills: [fill('T1', '0.4'), fill('T2', '0.6')] });
    await desk.trade('BUY', parseAmount('1'), price);
    expect(formatAmount(portfolio.position)).toBe('1');
    expect(said).toEqual([
      'trade: order.submitted',
      `debug: POST ${url('A1', '1')}`,
      'trade: order.partially_filled',
      'trade: order.filled',
      'info: position opened',
    ]);
  });

  it('keeps what a partial fill gave and warns of the rest', async () => {
    const { desk, portfolio, said } = deskWith({ status: 'PARTIALLY_FILLED', fills: [fill('T1', '0.4')] });
    await desk.trade('BUY', parseAmount('1'), price);
    expect(formatAmount(portfolio.position)).toBe('0.4');
    expect(said.slice(2)).toEqual([
      'trade: order.partially_filled',
      'trade: order.expired',
      'warning: rest of the order expired',
      'info: position opened',
    ]);
  });

  it('sends an order that timed out once more, under the same id', async () => {
    const answer: Execution = { status: 'FILLED', fills: [fill('T1', '1')] };
    const { desk, said, sent } = deskWith(new OrderTimeoutError('A1', 2), answer);
    await desk.trade('BUY', parseAmount('1'), price);
    expect(sent).toEqual(['A1', 'A1']);
    expect(said).toContain('warning: order timed out, sending it again');
    expect(said).toContain('info: position opened');
  });

  it('gives an order up that timed out twice', async () => {
    const { desk, portfolio, said, sent } = deskWith(new OrderTimeoutError('A1', 2), new OrderTimeoutError('A1', 2));
    await desk.trade('BUY', parseAmount('1'), price);
    expect(sent).toHaveLength(2);
    expect(said.at(-1)).toBe('error: order given up');
    expect(portfolio.position).toBe(0n);
  });

  it('does not send a rejected order again', async () => {
    const { desk, said, sent } = deskWith(new OrderRejectedError('PRICE_BAND', 'no'));
    await desk.trade('BUY', parseAmount('1'), price);
    expect(sent).toHaveLength(1);
    expect(said).toEqual([
      'trade: order.submitted',
      `debug: POST ${url('A1', '1')}`,
      'trade: order.rejected',
      'error: order rejected',
    ]);
  });

  it('asks for no more and no fewer records than it counts', async () => {
    const answer: Execution = { status: 'PARTIALLY_FILLED', fills: [fill('T1', '0.1'), fill('T2', '0.2')] };
    const { desk, said, ledger } = deskWith(new OrderTimeoutError('A1', 2), answer, new OrderRejectedError('X', 'no'));
    await desk.trade('BUY', parseAmount('1'), price);
    await desk.trade('SELL', parseAmount('0.3'), price);
    expect(ledger.counts()).toMatchObject({ total: said.length, trade: 6, errorOrWorse: 1 });
  });

  it('leaves a mistake of our own alone', async () => {
    const { desk } = deskWith(new TypeError('a bug'));
    await expect(desk.trade('BUY', parseAmount('1'), price)).rejects.toThrow(TypeError);
  });
});
