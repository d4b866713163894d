import { createHmac } from 'node:crypto';

import { formatAmount } from './amount';
import { type Order } from './order';

/** What must be in no log. */
export interface Credentials {
  readonly apiKey: string;
  readonly secret: string;
}

export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An order as exchanges want it: signed with the secret, the key beside it. */
export function signRequest(
  { orderId, symbol, side, quantity }: Order,
  { apiKey, secret }: Credentials,
): SignedRequest {
  const order = { symbol, side, type: 'MARKET', quantity: formatAmount(quantity), newClientOrderId: orderId };
  const query = new URLSearchParams(order).toString();
  const signature = createHmac('sha256', secret).update(query).digest('hex');
  return {
    url: `https://api.exchange.example/api/v3/order?${query}&signature=${signature}`,
    headers: { 'X-MBX-APIKEY': apiKey },
  };
}

/** Those of the environment; on paper made-up ones do. */
export function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  return { apiKey: env['EXCHANGE_API_KEY'] ?? 'paper-key-4711', secret: env['EXCHANGE_SECRET'] ?? 'paper-secret-0815' };
}
