import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an exchange sends; of our own making, so that there is always something to log. */
const OWN: readonly object[] = [
  { e: 'executionReport', E: 1709654400000, s: 'ETHUSDT', c: 'x-1', q: '1.00000000', p: '2500.00', N: null, w: true, t: -1, C: '' },
  { balances: [{ asset: 'BTC', free: '4723846.89208129' }], commissionRates: { maker: '0.0015', taker: '0.0015' }, filters: [] },
  { code: -1121, msg: 'Invalid symbol "BTC|USDT" = \\ [x] <&>', details: {}, 'per asset': { 'USD T': 1 }, price: 0.1, big: 1e21 },
  { id: 7, level: 'HIGH', message: 'halt', error: 'none', time: 1, fields: { level: 1 }, event: { e: 'x' }, source: 'feed', qty: '4' },
]; // prettier-ignore

/** Real messages, where they lie beside the checkout. */
const FILE = join(__dirname, '..', '..', '..', '..', 'shared', 'data', 'binance-messages.jsonl');

/** Every message as fields: one that is a list is a field of its own. */
export function exchangeMessages(): Record<string, unknown>[] {
  const lines = existsSync(FILE) ? readFileSync(FILE, 'utf8').trimEnd().split('\n') : [];
  const messages = [...OWN, ...lines.map((line) => (JSON.parse(line) as { message: object }).message)];
  return messages.map((message) =>
    Array.isArray(message) ? { payload: message } : (message as Record<string, unknown>),
  );
}
