import { formatAmount } from './amount';
import { parseCandles } from './candle-csv';
import { marketOf } from './market';

const candles = parseCandles('open_time,open,high,low,close,volume\n1,0.02948,0.02951,0.02948,0.02949,1', 'x.csv');

describe('the market of a candle file', () => {
  it.each([
    ['some/folder/btcusdt-1h.csv', 'BTCUSDT', 'USDT'],
    ['ethbtc-5m.csv', 'ETHBTC', 'BTC'],
    ['BTC.csv', 'BTC', ''],
    ['.csv', 'UNKNOWN', ''],
  ])('has its name from the file: %s', (file, symbol, quote) => {
    expect(marketOf(file, candles)).toMatchObject({ symbol, quote });
  });

  it('has the step of its prices from the candles', () => {
    expect(formatAmount(marketOf('ethbtc.csv', candles).tick)).toBe('0.00001');
  });
});
