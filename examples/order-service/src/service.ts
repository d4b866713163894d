import { type Logger, withContext } from '@metaexpert/logger-core';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

import { type OrderBook, RefusedError } from './order-book';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Each request has its id as context, and ends with one record that says what came of it. */
export function createService(log: Logger, orders: OrderBook): Server {
  return createServer((request, response) => {
    const { method, url, headers } = request;
    void withContext({ requestId: headers['x-request-id'], method, url }, async () => {
      const startedAt = performance.now();
      const { status, body } = await answer(request, log, orders);
      send(response, status, body);
      const durationMs = Math.round(performance.now() - startedAt);
      // The key in the headers is hidden: core masks the usual names of secrets at any depth.
      log.log(status < 500 ? 'info' : 'error', 'request answered', { status, durationMs, headers });
    });
  });
}

async function answer(request: IncomingMessage, log: Logger, orders: OrderBook): Promise<Answer> {
  const { method, url = '/' } = request;
  try {
    if (method === 'GET' && url === '/health') return { status: 200, body: log.health() };
    if (method === 'PUT' && url === '/debug') {
      log.setLevel('debug');
      return { status: 204, body: undefined };
    }
    if (method === 'POST' && url === '/orders') return { status: 201, body: await placed(request, log, orders) };
    const order = method === 'GET' && url.startsWith('/orders/') ? orders.find(url.slice(8)) : undefined;
    return order === undefined ? { status: 404, body: { error: 'not found' } } : { status: 200, body: order };
  } catch (error) {
    if (error instanceof RefusedError) {
      log.warn('order refused', { reason: error.message, code: error.code });
      return { status: 422, body: { error: error.message } };
    }
    log.error(error instanceof Error ? error : new Error(String(error)));
    return { status: 500, body: { error: 'internal error' } };
  }
}

async function placed(request: IncomingMessage, log: Logger, orders: OrderBook): Promise<unknown> {
  const { symbol, quantity } = (await json(request)) as { symbol: string; quantity: string };
  log.debug('order wanted', { symbol, quantity });
  return orders.place(symbol, quantity);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
