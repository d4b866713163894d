import { withContext } from '@metaexpert/logger-core';

import { type Amount, divide, floorTo, toNumber } from './amount';
import { type Candle } from './candle';
import { type EmaCross } from './ema-cross';
import { type Journal } from './journal';
import { type OrderDesk } from './order-desk';
import { type Portfolio } from './portfolio';

export interface TradingBotOptions {
  readonly strategyId: number;
  readonly strategy: EmaCross;
  readonly lot: Amount;
  readonly portfolio: Portfolio;
  readonly desk: OrderDesk;
  readonly journal: Journal;
}

/** Goes in with nine tenths of its cash when the averages cross upwards, and out when they cross downwards. */
export class TradingBot {
  readonly #options: TradingBotOptions;
  /** A sale may fail or be filled in part: then the rest is tried again with each candle. */
  #wantsOut = false;

  constructor(options: TradingBotOptions) {
    this.#options = options;
  }

  /** May be called again with the candles that come after. */
  async run(candles: readonly Candle[]): Promise<void> {
    const { strategyId } = this.#options;
    for (const candle of candles) {
      const candleTime = new Date(candle.openTime).toISOString().replace(':00.000Z', 'Z');
      await withContext({ strategyId, candleTime }, () => this.#onCandle(candle));
    }
  }

  async #onCandle(candle: Candle): Promise<void> {
    const { strategy, journal, portfolio } = this.#options;
    journal.candleClosed(candle);
    const signal = strategy.onClose(toNumber(candle.close));
    if (signal !== undefined) {
      journal.signalled(signal, candle.close);
      this.#wantsOut = signal.side === 'SELL';
    }
    if (this.#wantsOut && portfolio.position > 0n) await this.#leave(candle.close);
    else if (signal?.side === 'BUY' && portfolio.position === 0n) await this.#enter(candle.close);
  }

  async #enter(price: Amount): Promise<void> {
    const { desk, lot, portfolio } = this.#options;
    const stake = (portfolio.cash * 9n) / 10n;
    await desk.trade('BUY', floorTo(lot, divide(stake, price)), price);
  }

  async #leave(price: Amount): Promise<void> {
    const { desk, portfolio } = this.#options;
    await desk.trade('SELL', portfolio.position, price);
  }
}
