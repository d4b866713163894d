import { getTradeLogger } from '@metaexpert/logger';
import { createCompliance } from '@metaexpert/logger-compliance';
import { type Logger } from '@metaexpert/logger-core';

import { parseAmount } from './amount';
import { EmaCross } from './ema-cross';
import { SimulatedExchange } from './exchange';
import { Journal } from './journal';
import { type Market } from './market';
import { OrderDesk } from './order-desk';
import { Portfolio } from './portfolio';
import { seededRandom } from './random';
import { type RecordLedger } from './record-ledger';
import { type Credentials } from './signed-request';
import { TradingBot } from './trading-bot';

const periods = { fastPeriod: 12, slowPeriod: 26 };
const strategyId = 1001;
/** About as much in every currency. */
const startingCash: Readonly<Record<string, string>> = { BTC: '0.2', ETH: '5' };
const startingCashElsewhere = '10000';

export interface PaperTradingOptions {
  readonly log: Logger;
  readonly ledger: RecordLedger;
  readonly market: Market;
  readonly seed: number;
  readonly credentials: Credentials;
}

/** A bot with all that it needs, and the portfolio to look at afterwards. */
export function setUpPaperTrading({ log, ledger, market, seed, credentials }: PaperTradingOptions) {
  const { symbol, quote, lot } = market;
  const compliance = createCompliance(getTradeLogger());
  const journal = new Journal({ log: log.child({ symbol }), compliance, ledger });
  const portfolio = new Portfolio(parseAmount(startingCash[quote] ?? startingCashElsewhere));
  const exchange = new SimulatedExchange({ market, random: seededRandom(seed) });
  const desk = new OrderDesk({ symbol, exchange, portfolio, journal, credentials });
  const strategy = new EmaCross(periods);
  return { portfolio, bot: new TradingBot({ strategyId, strategy, lot, portfolio, desk, journal }) };
}
