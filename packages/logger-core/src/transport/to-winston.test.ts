import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import winston from 'winston';
import { failuresOf, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf, waitFor } from '../testing';
import { fromWinston } from './from-winston';
import { toWinston } from './to-winston';

describe('toWinston', () => {
  it('makes a transport for plain winston, which keeps its own text', async () => {
    const collected = new CollectingTransport();
    const log = winston.createLogger({
      format: winston.format.printf(({ level, message }) => `${level}|${String(message)}`),
      transports: [toWinston(destinationOf(collected))],
    });
    log.info('hello', { a: 1 });
    log.warn('careful');
    log.verbose('below the level');
    log.end();
    await once(log, 'finish');
    await waitFor('the end', () => collected.closed);
    expect(collected.payloads).toEqual(['info|hello', 'warn|careful']);
    expect(collected.entries[0]!.record).toMatchObject({ level: 'info', message: 'hello', fields: { a: 1 } });
  });

  it.each(['warning', 'WARNING', 'warn'])(
    'keeps the level of the destination, written %s, under the levels of npm',
    async (level) => {
      const collected = new CollectingTransport();
      const log = winston.createLogger({
        level: 'error',
        transports: [toWinston(destinationOf(collected, { level: level as 'warning' }))],
      });
      log.info('no');
      log.warn('yes');
      log.error('yes too');
      log.end();
      await waitFor('the end', () => collected.closed);
      expect(collected.messages).toEqual(['yes', 'yes too']);
    },
  );

  it('closes the destination when it is removed, after everything is out', async () => {
    const collected = new CollectingTransport();
    const transport = toWinston(destinationOf(collected));
    const log = winston.createLogger({ transports: [transport] });
    for (let index = 0; index < 100; index++) log.info(`${index}`);
    log.remove(transport);
    await waitFor('the end', () => collected.closed);
    expect(collected.entries).toHaveLength(100);
  });

  it('emits logged for each info', async () => {
    const transport = toWinston(destinationOf(new CollectingTransport()));
    const log = winston.createLogger({ transports: [transport] });
    const logged = once(transport, 'logged');
    log.info('x');
    expect(await logged).toMatchObject([{ message: 'x' }]);
    log.end();
  });
});

describe('fromWinston', () => {
  it('makes a destination of any winston transport, with its own level and format', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    const transport = new winston.transports.Stream({ stream, level: 'warn', format: winston.format.simple() });
    const log = testLogger({ destinations: [fromWinston(transport, { name: 'there' })] });
    log.info('no');
    log.warn('yes', { a: 1 });
    log.error('and', new Error('why'));
    await log.close();
    const text = String(stream.read());
    expect(text).toMatch(/^warning: yes \{"a":1/);
    expect(text).toMatch(/\nerror: and .*why/);
    expect(text).not.toContain('info');
  });

  it('writes the JSON line when the transport has no format', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    const log = testLogger({ destinations: [fromWinston(new winston.transports.Stream({ stream }))] });
    log.info('x', { apiKey: 'abcdefghijkl' });
    await log.close();
    expect(JSON.parse(String(stream.read()))).toMatchObject({ message: 'x', apiKey: '***ijkl', seq: 1 });
  });

  it('gives up on one that never calls back, and does not write a record twice', async () => {
    let writes = 0;
    class Deaf extends winston.transports.Stream {
      override log(): void {
        writes += 1;
      }
    }
    const log = testLogger({
      destinations: [
        fromWinston(new Deaf({ stream: new PassThrough() }), {
          timeoutMs: 10,
          retry: { minDelayMs: 1, maxDelayMs: 1 },
        }),
      ],
    });
    const failures = failuresOf(log);
    log.info('x');
    await waitFor('two time-outs', () => failures.length >= 2);
    expect(failures[0]).toMatchObject({ kind: 'temporary', error: { code: 'MXL_WRITE_TIMEOUT' } });
    expect(writes).toBe(1);
  });

  it('loses only the record that a transport throws at', async () => {
    const stream = new PassThrough({ encoding: 'utf8' });
    let calls = 0;
    class ThrowsOnce extends winston.transports.Stream {
      override log(info: { message: string }, next: () => void): void {
        calls += 1;
        if (calls === 2) throw new Error('once');
        stream.write(`${info.message} `);
        next();
      }
    }
    const log = testLogger({ destinations: [fromWinston(new ThrowsOnce({ stream }))] });
    const failures = failuresOf(log);
    log.info('1').info('2').info('3');
    expect(await log.flush()).toMatchObject({ destinations: [{ accepted: 3, delivered: 2, dropped: 1 }] });
    expect(stream.read()).toBe('1 3 ');
    expect(failures).toMatchObject([{ kind: 'permanent', records: 1, error: { message: 'once' } }]);
  });

  it('writes each record once, also when an answer comes after the time is over', async () => {
    const written: string[] = [];
    const late: (() => void)[] = [];
    class Late extends winston.transports.Stream {
      override log(info: { message: string }, next: () => void): void {
        written.push(info.message);
        if (info.message === '2') late.push(next);
        else next();
      }
    }
    const transport = new Late({ stream: new PassThrough() });
    const log = testLogger({
      destinations: [fromWinston(transport, { timeoutMs: 10, retry: { minDelayMs: 1, maxDelayMs: 1 } })],
    });
    const failures = failuresOf(log);
    log.info('1').info('2').info('3');
    await waitFor('a time-out', () => failures.length > 0 && log.health()[0]!.retries > 2);
    for (const next of late) next();
    await waitFor('all delivered', () => log.health()[0]!.delivered === 3);
    expect(written).toEqual(['1', '2', '3']);
  });
});
