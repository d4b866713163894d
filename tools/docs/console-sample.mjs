// What docs/images/pretty.svg shows: a bot's morning on the pretty console.
import { LogContext, setupLogger } from '@metaexpert/logger';

Error.stackTraceLimit = 2;

const log = setupLogger({ preset: 'development', logName: 'ema-bot', logToFile: false });
const ws = log.child({ exchange: 'binance' });

log.debug('configuration read', { symbols: ['BTCUSDT', 'ETHUSDT'], fast: 12, slow: 26 });
ws.info('connected', { apiKey: 'made-up-for-this-picture-7f3a' });

new LogContext({ strategyId: 1001, symbol: 'BTCUSDT' }).run(() => {
  log.info('averages crossed', { side: 'BUY', close: '64123.50', fast: 64087.2, slow: 64081.9 });
  log.trade('order sent', { orderId: 'A1', side: 'BUY', quantity: '0.015' });
  log.warning('order timed out, sending it again', { orderId: 'A1', attempt: 2 });
  log.trade('order filled', { orderId: 'A1', price: '64123.49', quantity: '0.015', fee: '0.38' });
});

await log.time('fetch_candles', () => fetchCandles(), { thresholdMs: 20 });
log.error('order rejected', rejection(), { orderId: 'A2' });
log.critical('position without a stop', { symbol: 'BTCUSDT', position: '0.015' });

await log.close();

function fetchCandles() {
  return new Promise((resolve) => setTimeout(resolve, 31));
}

function rejection() {
  const reason = Object.assign(new Error('margin is insufficient'), { code: -2019 });
  return new Error('the exchange refused the order', { cause: reason });
}
