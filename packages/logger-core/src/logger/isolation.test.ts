import { setImmediate as nextTurn } from 'node:timers/promises';
import winston from 'winston';
import { failuresOf, testLogger } from '../../test/loggers';
import { fromWinston } from '../transport/from-winston';
import { destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';
import { type DestinationOptions } from '../config/logger-options';
import { type Transport } from '../transport/transport';

const RECORDS = 100_000;

const throwing: Transport = {
  write: () => {
    throw new Error('synchronously');
  },
};

class DeafTransport extends winston.transports.Stream {
  override log(): void {
    // never calls back
  }
}

class BrokenTransport extends winston.transports.Stream {
  override log(): void {
    throw new Error('in log()');
  }
}

const sink = { stream: process.stdout };

describe('a destination beside one that', () => {
  it.each<[string, () => DestinationOptions]>([
    ['hangs', () => destinationOf(new HangingTransport())],
    ['throws', () => destinationOf(throwing)],
    ['rejects', () => destinationOf(new FailingTransport({ status: 'rejected', error: new Error('no') }))],
    ['fails for ever', () => destinationOf(new FailingTransport({ status: 'retry' }))],
    ['is a winston transport that never calls back', () => fromWinston(new DeafTransport(sink))],
    ['is a winston transport that throws', () => fromWinston(new BrokenTransport(sink))],
  ])(
    '%s gets all of 100,000 records, in order',
    async (_what, sibling) => {
      // prettier-ignore
      let seen = 0;
      let ordered = true;
      const healthy: Transport = {
        write: async (batch) => {
          for (const { payload } of batch) ordered &&= payload.includes(`"message":"${seen++}"`);
          return { status: 'delivered' };
        },
      };
      const log = testLogger({ destinations: [sibling(), destinationOf(healthy, { name: 'healthy' })] });
      failuresOf(log);
      for (let index = 0; index < RECORDS; index++) {
        log.info(`${index}`);
        if (index % 1000 === 999) await nextTurn();
      }
      await waitFor('the healthy one to have all', () => seen === RECORDS, 20_000);
      await log.flush({ timeoutMs: 100 });
      expect({ seen, ordered }).toEqual({ seen: RECORDS, ordered: true });
      expect(log.health()[1]).toMatchObject({
        name: 'healthy',
        state: 'active',
        accepted: RECORDS,
        delivered: RECORDS,
        dropped: {},
      });
      expect(log.health()[0]!.queued).toBeLessThanOrEqual(10_000);
    },
    60_000,
  );
});
