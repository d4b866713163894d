import { collectingLogger, linesOf } from '../../test/loggers';
import { type Logger } from './logger';

async function called(call: (log: Logger) => unknown): Promise<Record<string, unknown>> {
  const { log, collected } = collectingLogger({ level: 'debug' });
  call(log);
  await log.flush();
  expect(collected.payloads).toHaveLength(1);
  return linesOf(collected)[0]!;
}

describe('a log call', () => {
  it('has a method for each level and the aliases, which return the logger', async () => {
    const { log, collected } = collectingLogger({ level: 'debug' });
    log.critical('1').error('2').warning('3').trade('4').info('5').debug('6').warn('7').fatal('8');
    await log.flush();
    const levels = ['critical', 'error', 'warning', 'trade', 'info', 'debug', 'warning', 'critical'];
    expect(linesOf(collected).map((line) => line['level'])).toEqual(levels);
  });

  it('gives trade records the category trade, and error and critical ones the category error', async () => {
    expect(await called((log) => log.trade('filled'))).toMatchObject({ category: 'trade' });
    expect(await called((log) => log.error('x'))).toMatchObject({ category: 'error' });
    expect(await called((log) => log.critical('x'))).toMatchObject({ category: 'error' });
    expect(await called((log) => log.warning('x'))).toMatchObject({ category: 'general' });
  });

  it('takes (message, error, fields), (error), (error, fields) and (message, fields, error)', async () => {
    const error = new RangeError('too far');
    const whole = { error: { name: 'RangeError', message: 'too far', stack: error.stack } };
    expect(await called((log) => log.error('rejected', error, { orderId: 'A1' }))).toMatchObject({
      ...whole,
      message: 'rejected',
      orderId: 'A1',
    });
    expect(await called((log) => log.error(error))).toMatchObject({ ...whole, message: 'too far' });
    expect(await called((log) => log.error(error, { orderId: 'A1' }))).toMatchObject({
      ...whole,
      message: 'too far',
      orderId: 'A1',
    });
    expect(await called((log) => log.error('rejected', { orderId: 'A1' }, error))).toMatchObject({
      ...whole,
      orderId: 'A1',
    });
  });

  it('takes an object with a message, as winston does', async () => {
    expect(await called((log) => log.info({ message: 'hello', a: 1 }))).toMatchObject({ message: 'hello', a: 1 });
    expect(await called((log) => log.info({ message: new Error('inside'), a: 1 }))).toMatchObject({
      message: 'inside',
      error: { message: 'inside' },
    });
  });

  it('interpolates like printf, and keeps the object that comes last as fields', async () => {
    const line = await called((log) => log.info('%s bought %d for %s', 'bot', 3, 'USDT', { orderId: 'A1' }));
    expect(line).toMatchObject({ message: 'bot bought 3 for USDT', orderId: 'A1' });
  });

  it('loses nothing: what has no place of its own is under args', async () => {
    expect(await called((log) => log.info('text', 1, 'two', [3]))).toMatchObject({
      message: 'text',
      args: [1, 'two', [3]],
    });
    expect(await called((log) => log.info('100 %', { a: 1 }, { b: 2 }))).toMatchObject({
      message: '100 %',
      a: 1,
      args: [{ b: 2 }],
    });
  });

  it('takes any value for a message', async () => {
    expect(await called((log) => log.info(42))).toMatchObject({ message: '42' });
    expect(await called((log) => log.info(undefined))).toMatchObject({ message: '' });
    expect(await called((log) => log.info(null))).toMatchObject({ message: 'null' });
    expect(await called((log) => log.info(Symbol('s')))).toMatchObject({ message: 'Symbol(s)' });
  });

  it('takes log(level, …) with the level names of other sets, and keeps a level that nobody knows', async () => {
    expect(await called((log) => log.log('ERROR', 'x', { a: 1 }))).toMatchObject({
      level: 'error',
      message: 'x',
      a: 1,
    });
    expect(await called((log) => log.log('silly', 'x'))).toMatchObject({ level: 'debug' });
    expect(await called((log) => log.log('loud', 'x'))).toMatchObject({ level: 'info', 'fields.level': 'loud' });
    expect(await called((log) => log.log({ level: 'warn', message: 'x', a: 1 }))).toMatchObject({
      level: 'warning',
      a: 1,
    });
  });

  it('costs nothing below the level: the fields are not even looked at', () => {
    const { log } = collectingLogger();
    let looked = 0;
    const fields = {
      get x() {
        looked += 1;
        return 1;
      },
    };
    log.debug('no', fields);
    log.log('debug', 'no', fields);
    expect(looked).toBe(0);
    log.info('yes', fields);
    expect(looked).toBe(1);
  });
});
