import { runChild } from '../../test/child-process';
import { collectingLogger, linesOf, logged } from '../../test/loggers';
import { type Logger } from '../logger/logger';

async function recorded(call: (log: Logger) => unknown): Promise<Record<string, unknown>> {
  const { log, collected } = collectingLogger();
  call(log);
  await log.flush();
  expect(collected.payloads).toHaveLength(1);
  return linesOf(collected)[0]!;
}

function chain(length: number): Error {
  let error = new Error('root');
  for (let n = 1; n < length; n++) error = new Error(`${n}`, { cause: error });
  return error;
}

class OrderError extends Error {
  override readonly name = 'OrderError';
  readonly code = 'INSUFFICIENT_MARGIN';
  constructor(
    message: string,
    readonly orderId: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

describe('an error', () => {
  it('has its place: the argument, or the field called error', async () => {
    const error = new OrderError('rejected', 'A1', { cause: new TypeError('no number') });
    const whole = {
      name: 'OrderError',
      message: 'rejected',
      code: 'INSUFFICIENT_MARGIN',
      stack: error.stack,
      orderId: 'A1',
      cause: { name: 'TypeError', message: 'no number' },
    };
    for (const call of [
      (log: Logger) => log.error(error),
      (log: Logger) => log.error('x', error),
      (log: Logger) => log.error('x', error, { a: 1 }),
      (log: Logger) => log.error('x', { error }),
      (log: Logger) => log.child({ error }).info('x'),
      (log: Logger) => log.info({ message: error }),
      (log: Logger) => log.log('error', 'x', error),
    ]) {
      const line = await recorded(call);
      expect(line['error']).toMatchObject(whole);
      expect(Object.keys(line['error'] as object).slice(0, 4)).toEqual(['name', 'message', 'code', 'stack']);
    }
  });

  it('stays where it is under another name, at any depth', async () => {
    const error = new RangeError('far');
    const { reason, list, map } = await recorded((log) =>
      log.info('x', { reason: error, list: [{ error }], map: new Map([['e', error]]) }),
    );
    for (const one of [reason, (list as [{ error: unknown }])[0].error, (map as { e: unknown }).e]) {
      expect(one).toMatchObject({ name: 'RangeError', message: 'far', stack: error.stack });
    }
  });

  it('loses neither a second error nor one beside a field called error', async () => {
    const line = await recorded((log) => log.error('x', new Error('first'), { error: new Error('second') }));
    expect(line['error']).toMatchObject({ message: 'first' });
    expect(line['fields.error']).toMatchObject({ message: 'second' });
    expect(await recorded((log) => log.error('x', new Error('1'), new Error('2')))).toMatchObject({
      error: { message: '1' },
      args: [{ message: '2' }],
    });
  });

  it('is followed through a chain of causes as deep as a record goes, also when it has no end', async () => {
    let cause: unknown = await logged(chain(20_000));
    let depth = 0;
    for (; typeof cause === 'object'; depth++) cause = (cause as { cause: unknown }).cause;
    expect([depth, cause]).toEqual([16, '[Object]']);
    const [a, b] = [new Error('a'), new Error('b')];
    [a.cause, b.cause] = [b, a];
    expect(await logged(a)).toMatchObject({ message: 'a', cause: { message: 'b', cause: '[Circular]' } });
  });

  it('keeps the errors of an aggregate, those within those, and causes that are no errors', async () => {
    const inner = new AggregateError([new Error('deep'), 'text'], 'inner', { cause: { reason: 'plain' } });
    const outer = Object.assign(new AggregateError([inner, undefined], 'outer', { cause: 'only text' }), { tries: 2 });
    expect(await logged(outer)).toMatchObject({
      name: 'AggregateError',
      tries: 2,
      cause: 'only text',
      errors: [{ message: 'inner', errors: [{ message: 'deep' }, 'text'], cause: { reason: 'plain' } }, null],
    });
  });

  it('is masked like every field', async () => {
    const error = Object.assign(new Error('denied'), { apiKey: 'abcdefghijkl', request: { headers: { authorization: 'x' } } }); // prettier-ignore
    expect(await logged(new Error('outer', { cause: error }))).toMatchObject({
      cause: { apiKey: '***ijkl', request: { headers: { authorization: '***' } } },
    });
  });

  it('costs a hostile property its own value only', async () => {
    const trap = { get: (): never => { throw new Error('trap'); }, enumerable: true }; // prettier-ignore
    for (const key of ['name', 'message', 'stack', 'cause', 'code', 'mine']) {
      const error = Object.defineProperty(Object.assign(new Error('fine'), { kept: 1 }), key, trap);
      const line = await recorded((log) => log.error('x', error));
      expect(line['error']).toMatchObject({ kept: 1, [key]: '[Throws: trap]' });
    }
    const odd = Object.assign(new Error('x'), { name: Symbol('n'), code: { deep: 1 }, stack: 5 });
    expect(await logged(odd)).toMatchObject({ name: 'Symbol(n)', code: { deep: 1 }, stack: 5 });
    expect(await logged(new Proxy(new Error('behind a proxy'), {}))).toMatchObject({ message: 'behind a proxy' });
  });

  it.each<[string, unknown, Record<string, unknown>]>([
    ['a text', 'plain', { name: 'string', message: 'plain' }],
    ['a number', 5, { name: 'number', message: '5' }],
    ['null', null, { name: 'null', message: 'null' }],
    ['a symbol', Symbol('s'), { name: 'symbol', message: 'Symbol(s)' }],
    ['an object', { reason: 'x', apiSecret: 'y' }, { reason: 'x', apiSecret: '***' }],
    ['an object that cannot be printed', Object.create(null), {}],
  ])('is made of whatever an operation threw: %s', async (_what, thrown, expected) => {
    const { log, collected } = collectingLogger();
    await expect(log.time('op', () => Promise.reject(thrown as Error))).rejects.toBe(thrown);
    await log.flush();
    expect(linesOf(collected)[0]).toMatchObject({ level: 'error', error: expected });
  });

  it('may be a DOMException, or come from another realm, or from a failed system call', async () => {
    const { records, stderr } = await runChild(`
      const log = createLogger({ sources: false });
      log.error('aborted', AbortSignal.abort().reason);
      log.error('timed out', { error: new DOMException('late', 'TimeoutError') });
      log.error('cloned', new (require('node:vm').runInNewContext('RangeError'))('other realm'));
      try { require('node:fs').readFileSync('/nowhere/at/all'); } catch (error) { log.error('file', error); }
    `);
    expect(stderr).toBe('');
    expect(records.map(({ error }) => error)).toMatchObject([
      { name: 'AbortError', code: 20, stack: expect.stringContaining('AbortError') },
      { name: 'TimeoutError', message: 'late' },
      { name: 'RangeError', message: 'other realm' },
      { name: 'Error', code: 'ENOENT', errno: -2, syscall: 'open', path: '/nowhere/at/all' },
    ]);
  });
});
