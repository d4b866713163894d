import type winston from 'winston';
import { collectingLogger } from '../../test/loggers';
import { type LogRecord } from '../record/log-record';
import { createLogger } from './create-logger';
import { type Logger } from './logger';

interface TradeFields {
  symbol: string;
  side?: 'BUY' | 'SELL';
  quantity?: string;
}

// What must compile and what must not is seen by `npm run typecheck`: an unused expectation is an error there. The calls are
// made all the same, for a method that the types promise has to be there.
describe('the types of a logger', () => {
  const logger = (): Logger<TradeFields> => collectingLogger().log as unknown as Logger<TradeFields>;

  it('take the fields of the program, the marks of a record, errors and what a catch gives', () => {
    const log = logger();
    const thrown: unknown = new Error('x');
    log.info('x').info('x', { symbol: 'BTCUSDT', side: 'BUY' });
    log.trade('x', { symbol: 'BTCUSDT', category: 'trade', traceId: 't' });
    log
      .error('x', thrown)
      .error('x', new Error('y'), { symbol: 'BTCUSDT' })
      .error(new Error('y'), { symbol: 'BTCUSDT' });
    log.performance('x', { symbol: 'BTCUSDT' }).warn({ message: 'x' }).fatal('x');
    log.child({ anything: 1 }).unbind('anything').info('x', { symbol: 'BTCUSDT' });
    expect(log.name).toBe('test');
  });

  it('are open where nobody narrowed them, however the type of the logger was come by', () => {
    const log: ReturnType<typeof createLogger> = logger() as unknown as Logger;
    expect(log.info('x', { anything: 1 })).toBe(log);
  });

  it('refuse other fields, other values, and fields in the place of an error', () => {
    const log = logger();
    // @ts-expect-error -- a field that is none of the program's
    log.info('x', { symbol: 'BTCUSDT', sybmol: 'x' });
    // @ts-expect-error -- a side that is none
    log.info('x', { symbol: 'BTCUSDT', side: 'LONG' });
    // @ts-expect-error -- a number for a decimal text
    log.trade('x', { symbol: 'BTCUSDT', quantity: 0.1 });
    // @ts-expect-error -- a field that has to be there
    log.debug('x', { side: 'BUY' });
    // @ts-expect-error -- the same behind an error
    log.error('x', new Error('y'), { side: 'BUY' });
    // @ts-expect-error -- the same behind an error alone
    log.error(new Error('y'), { symbol: 5 });
    // @ts-expect-error -- a category that is none
    log.info('x', { symbol: 'BTCUSDT', category: 'trades' });
    // @ts-expect-error -- for log.performance too
    log.performance('x', { durationMs: 5 });
    expect(log.name).toBe('test');
  });

  it('have closed sets of levels, events and categories', () => {
    const log = collectingLogger().log;
    log.on('failure', ({ kind }) => kind).once('close', () => undefined);
    // @ts-expect-error -- an event that a logger does not have
    log.on('failed', () => undefined);
    // @ts-expect-error -- a level that is none
    expect(() => log.loud('x')).toThrow(TypeError);
    // @ts-expect-error -- a level that is none
    expect(() => createLogger({ sources: false, level: 'verbose' })).toThrow('level');
    const wrong = { type: 'console', filter: { category: 'trades' } } as const;
    // @ts-expect-error -- a category that is none
    expect(() => createLogger({ sources: false, destinations: [wrong] })).toThrow('category');
    // @ts-expect-error -- a record is readonly
    const change = (record: LogRecord): unknown => (record.message = 'x');
    expect(change).toBeInstanceOf(Function);
  });

  it('let every logger be given to what wants one of winston', () => {
    const wanted = (log: winston.Logger): string => log.level;
    expect(wanted(logger())).toBe('info');
    expect(wanted(collectingLogger().log)).toBe('info');
  });
});
