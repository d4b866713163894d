// The one record of the whole benchmark: ten fields as a trading bot logs them, about 280 bytes once it is a JSON line.

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'BNBUSDT'];

export const message = 'order placed';

/** A fresh object every time, as an application makes it. `orderId` carries the sequence number that is counted later. */
export function makeRecord(index) {
  return {
    symbol: symbols[index & 3],
    side: (index & 1) === 0 ? 'BUY' : 'SELL',
    quantity: '0.015',
    price: 64000 + (index % 4000) * 0.25,
    orderId: `A${index}`,
    strategyId: 1001,
    latencyMs: (index % 97) + 0.5,
    maker: (index & 7) === 0,
    exchange: 'binance',
    note: 'limit order accepted by the matching engine',
  };
}

/** What must never be read in a file. */
export const secrets = ['k7Qm2vXp9LrT4wZb8NcF', 'hunter2-correct-horse'];

/** The same record with two secrets, one of them nested. */
export function makeRecordWithSecrets(index) {
  const record = makeRecord(index);
  record.apiKey = secrets[0];
  record.account = { id: 'sub-7', password: secrets[1] };
  return record;
}

/** Paths of the secrets, for the loggers that must be told. */
export const secretPaths = ['apiKey', 'account.password'];

/** A price as an exchange sends it. */
const prices = Array.from({ length: 4000 }, (_, index) => String(64000 + index * 0.25));

/** The same record under the names of its event, whose schema wants exact decimals; what has no name there is a detail. */
export function makeEvent(index) {
  return {
    symbol: symbols[index & 3],
    side: (index & 1) === 0 ? 'BUY' : 'SELL',
    quantity: '0.015',
    price: prices[index % 4000],
    orderId: `A${index}`,
    strategyId: '1001',
    venue: 'binance',
    reason: 'limit order accepted by the matching engine',
    details: { latencyMs: (index % 97) + 0.5, maker: (index & 7) === 0 },
  };
}

/** A marker that the disk watcher looks for. */
export function makeCriticalRecord(index) {
  const record = makeRecord(index);
  record.orderId = `C${index}`;
  return record;
}

/** What a bot's stream consists of: nine in ten are plain, one in ten is a trade, one in a hundred is an error. */
export function kindOf(index) {
  if (index % 100 === 50) return 'error';
  return index % 10 === 1 ? 'trade' : 'info';
}
