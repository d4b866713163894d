import { setTimeout as sleep } from 'node:timers/promises';

import { type Amount, floorTo, multiply, parseAmount } from './amount';
import { OrderRejectedError, OrderTimeoutError } from './exchange-error';
import { type Market } from './market';
import { type Execution, type Fill, type Order } from './order';
import { type Random } from './random';

const feeRate = parseAmount('0.001');
const largestSlipInTicks = 3;
const timeoutMs = 2; // a paper exchange need not keep anybody waiting
const rejections = [
  ['PRICE_BAND', 'the price is outside of the permitted band'],
  ['TOO_MANY_ORDERS', 'order limit of the minute exceeded'],
  ['INSUFFICIENT_LIQUIDITY', 'the book is empty on this side'],
] as const;

/** How often what goes wrong: parts of 1. */
export interface ExchangeMoods {
  readonly timeout: number;
  readonly reject: number;
  /** In more than one fill. */
  readonly split: number;
  /** Not to the end, of those that are split. */
  readonly expire: number;
}

export const usualMoods: ExchangeMoods = { timeout: 0.15, reject: 0.08, split: 0.5, expire: 0.3 };

export interface ExchangeOptions {
  readonly market: Market;
  readonly random: Random;
  readonly moods?: ExchangeMoods;
}

/** Fills market orders near the price it is told, in its own moods; the same seed gives the same day. */
export class SimulatedExchange {
  readonly #market: Market;
  readonly #random: Random;
  readonly #moods: ExchangeMoods;
  #trades = 0;

  constructor({ market, random, moods = usualMoods }: ExchangeOptions) {
    this.#market = market;
    this.#random = random;
    this.#moods = moods;
  }

  /** @throws OrderRejectedError | OrderTimeoutError; then nothing was filled. */
  async submit(order: Order, marketPrice: Amount): Promise<Execution> {
    await sleep(timeoutMs);
    if (this.#random() < this.#moods.timeout) throw new OrderTimeoutError(order.orderId, timeoutMs);
    const { lot } = this.#market;
    if (order.quantity < lot || order.quantity % lot !== 0n) {
      throw new OrderRejectedError('LOT_SIZE', 'the quantity is not a multiple of the lot');
    }
    if (this.#random() < this.#moods.reject) {
      const [code, message] = rejections[this.#draw(rejections.length)] ?? rejections[0];
      throw new OrderRejectedError(code, message);
    }
    return this.#fill(order, marketPrice);
  }

  #fill(order: Order, marketPrice: Amount): Execution {
    const parts = this.#random() < this.#moods.split ? this.#split(order.quantity) : [order.quantity];
    const expires = parts.length > 1 && this.#random() < this.#moods.expire;
    if (expires) parts.pop();
    return {
      status: expires ? 'PARTIALLY_FILLED' : 'FILLED',
      fills: parts.map((quantity) => this.#trade(order, quantity, marketPrice)),
    };
  }

  /** Two or three whole lots of lots that add up to the quantity; one, when that is a single lot. */
  #split(quantity: Amount): Amount[] {
    const parts: Amount[] = [];
    let rest = quantity;
    for (let wanted = 2 + this.#draw(2); wanted > 1; wanted -= 1) {
      const share = BigInt(20 + this.#draw(60));
      const part = floorTo(this.#market.lot, (rest * share) / 100n);
      if (part === 0n) break;
      parts.push(part);
      rest -= part;
    }
    return [...parts, rest];
  }

  #trade({ side }: Order, quantity: Amount, marketPrice: Amount): Fill {
    const { tick } = this.#market;
    const drawn = BigInt(this.#draw(largestSlipInTicks + 1)) * tick;
    const bound = floorTo(tick, marketPrice / 100n);
    const slip = drawn < bound ? drawn : bound;
    const price = side === 'BUY' ? marketPrice + slip : marketPrice - slip;
    this.#trades += 1;
    return { tradeId: `T${this.#trades}`, price, quantity, fee: multiply(multiply(price, quantity), feeRate) };
  }

  #draw(below: number): number {
    return Math.floor(this.#random() * below);
  }
}
