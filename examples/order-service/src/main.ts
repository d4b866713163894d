import { once } from 'node:events';
import { type AddressInfo } from 'node:net';

import { setUpLogging } from './logging';
import { OrderBook } from './order-book';
import { createService } from './service';

const [logDir = 'logs', port = '0'] = process.argv.slice(2);

async function main(): Promise<void> {
  const log = setUpLogging(logDir);
  const service = createService(log, new OrderBook(log));
  service.listen(Number(port), '127.0.0.1');
  await once(service, 'listening');
  log.info('service started', { port: (service.address() as AddressInfo).port });
  process.stdout.write(`listening on ${(service.address() as AddressInfo).port}\n`);

  // A service that ends by itself answers what it has taken in; without this the exit hooks bring the records out, too.
  await once(process, 'SIGTERM');
  service.close();
  service.closeIdleConnections();
  await once(service, 'close');
  log.info('service stopped');
  const { ok, destinations } = await log.close();
  process.stdout.write(`${JSON.stringify({ ok, destinations })}\n`);
}

void main();
