import { failuresOf, linesOf, testLogger } from '../../test/loggers';
import { type DestinationOptions } from '../config/logger-options';
import { type LogRecord } from '../record/log-record';
import { CollectingTransport, destinationOf, FailingTransport, HangingTransport, waitFor } from '../testing';
import { type DirectEntry } from '../transport/transport';

/** A logger with one collecting destination per set of options, and what each of them got. */
function routed(options: Partial<DestinationOptions>[], level: 'info' | 'debug' | 'error' = 'info') {
  const transports = options.map(() => new CollectingTransport());
  const destinations = options.map((one, index) => destinationOf(transports[index]!, one));
  return {
    log: testLogger({ level, destinations }),
    transports,
    messages: () => transports.map(({ messages }) => messages),
  };
}

describe('the dispatcher', () => {
  it('formats a record once per distinct formatter, however many destinations use it', async () => {
    let calls = 0;
    const shout = (record: LogRecord): string => {
      calls += 1;
      return record.message.toUpperCase();
    };
    const { log, transports } = routed([
      { format: shout },
      { format: shout },
      { format: 'json' },
      { format: (r) => `other ${r.message}` },
    ]);
    for (let index = 0; index < 5; index++) log.info('x');
    await log.flush();
    expect(calls).toBe(5);
    expect(transports.map(({ payloads }) => payloads[0])).toMatchObject([
      'X',
      'X',
      expect.stringContaining('"message":"x"'),
      'other x',
    ]);
  });

  it('gives each destination the levels it asked for, also such as the logger itself does not have', async () => {
    const { log, messages } = routed([{}, { level: 'debug' }, { level: 'error' }, { level: 'WARNING' }]);
    for (const level of ['critical', 'error', 'warning', 'trade', 'info', 'debug'] as const) log[level](level);
    await log.flush();
    expect(messages()).toEqual([
      ['critical', 'error', 'warning', 'trade', 'info'],
      ['critical', 'error', 'warning', 'trade', 'info', 'debug'],
      ['critical', 'error'],
      ['critical', 'error', 'warning'],
    ]);
  });

  it('routes by category, logger, level and fields, of which all must hold', async () => {
    const { log, messages } = routed([
      { filter: { category: 'trade' } },
      { filter: { category: ['trade', 'error'], minLevel: 'ERROR' as 'error' } },
      { filter: { logger: 'exchange' } },
      { filter: { match: { symbol: 'BTCUSDT', level: 'info' } } },
      { filter: (record) => record.fields['n'] === 1 },
      { filter: {} },
      { filter: { match: { order: { side: 'BUY', legs: [{ id: 1 }] } } } },
    ]);
    log.trade('1', { symbol: 'BTCUSDT' });
    log.error('2');
    log.named('exchange.ws').info('3', { symbol: 'BTCUSDT' });
    log.named('exchangeable').info('4', { n: 1 });
    log.named('exchange').info('5', { symbol: 'ETHUSDT' });
    log.info('6', { order: { side: 'BUY', legs: [{ id: 1, symbol: 'ETHBTC' }], quantity: '1' } });
    log.info('7', { order: { side: 'BUY', legs: [{ id: 1 }, { id: 2 }] } });
    log.info('8', { order: 'BUY' });
    await log.flush();
    const all = ['1', '2', '3', '4', '5', '6', '7', '8'];
    expect(messages()).toEqual([['1'], ['2'], ['3', '5'], ['3'], ['4'], all, ['6']]);
  });

  it('leaves a destination out that is not enabled', async () => {
    const { log, messages } = routed([{ enabled: false }, {}]);
    log.info('x');
    await log.flush();
    expect(messages()).toEqual([[], ['x']]);
    expect(log.health()).toHaveLength(1);
  });

  it('keeps a record whose formatter throws or gives no text, as its JSON line, and reports it', async () => {
    const { log, transports } = routed([
      { name: 'bad', format: () => { throw new Error('no'); } },
      { name: 'odd', format: () => 5 as never },
      { name: 'good' },
    ]); // prettier-ignore
    const failures = failuresOf(log);
    expect(() => log.info('kept', { a: 1 })).not.toThrow();
    await log.flush();
    for (const collected of transports) expect(linesOf(collected)).toMatchObject([{ message: 'kept', a: 1 }]);
    expect(failures.map(({ destination, error }) => [destination, (error as { code?: string }).code])).toEqual([
      ['bad', 'MXL_FORMATTER_THREW'],
      ['odd', 'MXL_FORMATTER_THREW'],
    ]);
  });

  it('lets a record pass whose filter throws, reports it, and the others get theirs', async () => {
    const { log, messages } = routed([{ name: 'bad', filter: () => { throw new Error('no'); } }, {}]); // prettier-ignore
    const failures = failuresOf(log);
    log.info('x');
    await log.flush();
    expect(messages()).toEqual([['x'], ['x']]);
    expect(failures).toMatchObject([{ kind: 'temporary', destination: 'bad', error: { code: 'MXL_FILTER_THREW' } }]);
  });

  it('announces drops also where the formatter throws', async () => {
    const transport = new FailingTransport({ status: 'rejected', error: new Error('refused') });
    const log = testLogger({ destinations: [destinationOf(transport, { format: () => { throw new Error('no'); } })] }); // prettier-ignore
    failuresOf(log);
    log.info('lost');
    await log.flush();
    transport.answer = undefined;
    log.info('arrives');
    await log.flush();
    await log.flush();
    expect(transport.delivered.map(({ record }) => record.message)).toEqual(['arrives', '1 record dropped: rejected']);
  });

  it('keeps for a destination that takes few records only those, not the memory of their neighbours', async () => {
    const [all, few] = [new HangingTransport(), new HangingTransport()];
    const log = testLogger({
      destinations: [destinationOf(all), destinationOf(few, { filter: { category: 'trade' } })],
    });
    for (let index = 0; index < 2000; index++) {
      log.info('a record that only one of them takes', { index });
      if (index % 20 === 0) log.trade('a record that both take', { index });
    }
    await waitFor('both to have a batch', () => all.taken.length > 0 && few.taken.length > 0);
    const slabsOf = ({ taken }: HangingTransport): unknown[] => [
      ...new Set(taken.map((entry) => (entry as DirectEntry).line?.slab)),
    ];
    expect(few.taken.length).toBeGreaterThan(50);
    expect(slabsOf(few)).toHaveLength(1);
    expect(slabsOf(all)).not.toContain(slabsOf(few)[0]);
  });
});
