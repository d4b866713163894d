import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { once } from 'node:events';
import winston from 'winston';
import { runChild } from '../../test/child-process';
import { collectingLogger, failuresOf, linesOf, testLogger } from '../../test/loggers';
import { LEVELS } from '../level';
import { CollectingTransport, destinationOf, waitFor } from '../testing';

const { combine, errors, label, printf, splat, timestamp } = winston.format;
const folder = mkdtempSync(join(tmpdir(), 'winston-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a winston transport writes, line by line. */
function streamTransport(options: winston.transport.TransportStreamOptions = {}) {
  const stream = new PassThrough({ encoding: 'utf8' });
  let text = '';
  stream.on('data', (chunk: string) => (text += chunk));
  return {
    transport: new winston.transports.Stream({ ...options, stream }),
    lines: () => text.split(/\r?\n/).slice(0, -1),
  };
}

describe('as winston documents it, a logger', () => {
  it('is one of winston', () => {
    expect(testLogger()).toBeInstanceOf(winston.Logger);
  });

  it('applies formats: combine, label, timestamp, errors, splat, printf', async () => {
    const { transport, lines } = streamTransport();
    const collected = new CollectingTransport();
    const log = testLogger({
      destinations: [destinationOf(collected)],
      format: combine(
        label({ label: 'right meow!' }),
        errors({ stack: true }),
        splat(),
        timestamp({ format: () => 'NOW' }),
        printf(
          ({ level, message, label: tag, timestamp: time, stack }) =>
            `${String(time)} [${String(tag)}] ${level}: ${String(message)}${stack === undefined ? '' : ' +stack'}`,
        ),
      ),
    });
    log.add(transport);
    log.info('hello');
    log.info('test message %s %d', 'first', 2, { a: 1 });
    log.error(new Error('thrown'));
    log.log({ level: 'warn', message: 'as an object' });
    await log.flush();
    expect(lines()).toEqual([
      'NOW [right meow!] info: hello',
      'NOW [right meow!] info: test message first 2',
      'NOW [right meow!] error: thrown +stack',
      expect.stringMatching(/^NOW \[right meow!\] warn(ing)?: as an object$/),
    ]);
    expect(linesOf(collected)).toMatchObject([
      { message: 'hello', label: 'right meow!' },
      { message: 'test message first 2', a: 1 },
      { message: 'thrown', error: { name: 'Error', stack: expect.stringContaining('winston.test') } },
      { level: 'warning' },
    ]);
  });

  it('applies the format to timed, performance and audit records, too', async () => {
    const region = winston.format((info) => {
      if (info.message === 'dropped') return false;
      if (info.message === 'bad') throw new Error('in the format');
      return { ...info, region: 'eu-1' };
    });
    const { log, collected } = collectingLogger({ format: region() });
    await log.time('ok', () => 1);
    await expect(log.time('failing', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    log.performance('measured', { ms: 3 });
    await log.audit('withdrawal', { amount: '5' });
    await expect(log.audit('dropped')).rejects.toMatchObject({ code: 'MXL_AUDIT_FAILED' });
    await expect(log.audit('bad')).rejects.toMatchObject({
      code: 'MXL_AUDIT_FAILED',
      cause: { message: 'in the format' },
    });
    await log.close();
    expect(linesOf(collected)).toMatchObject([
      { category: 'performance', level: 'info', region: 'eu-1', operation: 'ok', outcome: 'ok' },
      { category: 'performance', level: 'error', region: 'eu-1', operation: 'failing', error: { message: 'no' } },
      { category: 'performance', level: 'info', region: 'eu-1', ms: 3 },
      { category: 'audit', level: 'info', region: 'eu-1', amount: '5', message: 'withdrawal' },
    ]);
  });

  it('colours all levels', async () => {
    const { transport, lines } = streamTransport({});
    const format = combine(winston.format.colorize(), winston.format.simple());
    const { log } = collectingLogger({ format, level: 'debug' });
    log.add(transport);
    const failures = failuresOf(log);
    for (const level of LEVELS) log.log(level, 'm');
    await log.flush();
    expect(lines().map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(LEVELS.map((level) => `${level}: m`));
    for (const line of lines()) expect(line).toMatch(/^\u001b\[\d+m/);
    expect(failures).toEqual([]);
  });

  it('drops what a format filters out, and survives one that throws', async () => {
    const picky = winston.format((info) => {
      if (info.message === 'bad') throw new Error('in the format');
      return info['private'] === true ? false : info;
    });
    const { log, collected } = collectingLogger({ format: picky() });
    const failures = failuresOf(log);
    log.info('secret', { private: true });
    expect(() => log.info('bad')).not.toThrow();
    log.info('public');
    await log.flush();
    expect(linesOf(collected)).toMatchObject([{ message: 'public', seq: 1 }]);
    expect(failures).toMatchObject([{ destination: 'format', error: { message: 'in the format' } }]);
  });

  it('has children, whose fields reach the transports', async () => {
    const { transport, lines } = streamTransport({ format: winston.format.json() });
    const log = testLogger();
    log.add(transport);
    log.child({ requestId: '451' }).info('child');
    await log.flush();
    expect(JSON.parse(lines()[0]!)).toMatchObject({ level: 'info', message: 'child', requestId: '451' });
  });

  it('adds and removes transports, each with its own level', async () => {
    const [all, some] = [streamTransport({ level: 'debug' }), streamTransport({ level: 'error' })];
    const log = testLogger();
    log.add(all.transport).add(some.transport);
    expect(log.transports).toContain(all.transport);
    log.debug('d');
    log.error('e');
    await log.flush();
    expect([all.lines().length, some.lines().length]).toEqual([2, 1]);
    const finished = once(all.transport, 'finish');
    log.remove(all.transport);
    expect(log.transports).not.toContain(all.transport);
    log.error('after');
    await log.flush();
    await finished;
    expect([all.lines().length, some.lines().length]).toEqual([2, 2]);
    log.clear();
    expect(log.transports).toEqual([]);
  });

  it('gives an added transport a queue, a health and an isolation like any other', async () => {
    const { log, collected } = collectingLogger();
    class Broken extends winston.transports.Stream {
      override log(_info: unknown, next: (error?: Error) => void): void {
        next(new Error('cannot'));
      }
    }
    const failures = failuresOf(log);
    log.add(new Broken({ stream: new PassThrough() }));
    log.info('x');
    await log.flush();
    expect(collected.messages).toEqual(['x']);
    expect(log.health()[1]).toMatchObject({ accepted: 1, dropped: { rejected: 1 } });
    expect(failures).toMatchObject([{ kind: 'permanent', error: { message: 'cannot' } }]);
  });

  it('outlives a transport that emits an error out of the blue', async () => {
    const { transport } = streamTransport();
    const { log, collected } = collectingLogger();
    const failures = failuresOf(log);
    log.add(transport);
    expect(() => transport.emit('error', new Error('out of the blue'))).not.toThrow();
    log.info('still here');
    await log.flush();
    expect(collected.messages).toEqual(['still here']);
    expect(failures).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ message: 'out of the blue' }) }),
    );
  });

  it('profiles with profile() and startTimer()', async () => {
    const { log, collected } = collectingLogger();
    log.profile('test');
    log.profile('test', { level: 'warning' } as never);
    const timer = log.startTimer();
    timer.done({ message: 'Logging message' });
    await log.flush();
    const durationMs = expect.any(Number);
    expect(linesOf(collected)).toMatchObject([{ message: 'test', level: 'warning', durationMs }, { message: 'Logging message', durationMs }]); // prettier-ignore
  });

  it('queries and streams what a File transport has written', async () => {
    const log = testLogger();
    const format = combine(timestamp(), winston.format.json());
    log.add(new winston.transports.File({ filename: join(folder, 'query.log'), format }));
    const streamed: string[] = [];
    const stream = log.stream({ start: -1 });
    stream.on('log', (info: { message: string }) => streamed.push(info.message));
    for (const message of ['a', 'b', 'c']) log.info(message);
    await log.flush();
    await waitFor(
      'three lines',
      async () => (await readFile(join(folder, 'query.log'), 'utf8')).split('\n').length === 4,
    );
    const query = {
      from: new Date(Date.now() - 3_600_000),
      until: new Date(),
      limit: 10,
      order: 'asc' as const,
      fields: ['message'],
    };
    const results = await new Promise<Record<string, { message: string }[]>>((resolve, reject) => {
      log.query(query, (error: Error | undefined, found: Record<string, { message: string }[]>) =>
        error ? reject(error) : resolve(found),
      );
    });
    expect(Object.values(results)[0]!.map(({ message }) => message)).toEqual(['a', 'b', 'c']);
    await waitFor('the stream', () => streamed.includes('c'), 4000);
    (stream as Readable).destroy();
  });

  it('takes log(info), also from a stream piped into it, and finishes when all is out', async () => {
    const { log, collected } = collectingLogger();
    (log as unknown as winston.Logger).write({ level: 'info', message: 'written', a: 1 });
    const finished = once(log as unknown as winston.Logger, 'finish');
    log.log({ level: 'error', message: 'last' });
    (log as unknown as winston.Logger).end();
    await finished;
    expect(linesOf(collected)).toMatchObject([{ message: 'written', a: 1 }, { message: 'last', level: 'error' }]); // prettier-ignore
    expect(collected.closed).toBe(true);
  });

  it('is changed by configure()', async () => {
    const { transport, lines } = streamTransport({ format: printf(({ message }) => `<${String(message)}>`) });
    const { log, collected } = collectingLogger();
    log.configure({ level: 'debug', transports: [transport] });
    log.debug('x');
    await log.flush();
    expect(lines()).toEqual(['<x>']);
    expect(collected.messages).toEqual(['x']);
  });

  it('handles exceptions and rejections through its transports, and ends the process as winston does', async () => {
    const script = (add: string, crash: string) => `
      const winston = require(${JSON.stringify(require.resolve('winston'))});
      const log = createLogger({ sources: false, destinations: [] });
      ${add}
      setTimeout(() => { ${crash} }, 1);
    `;
    const thrown = await runChild(
      script(
        `log.add(new winston.transports.Console({ handleExceptions: true }));`,
        "throw new Error('nobody caught me')",
      ),
    );
    expect(thrown.code).toBe(1);
    expect(thrown.stdout).toContain('uncaughtException: nobody caught me');
    const rejected = await runChild(
      script(
        `log.rejections.handle(new winston.transports.Console());`,
        "Promise.reject(new Error('nobody awaited me'))",
      ),
    );
    expect(rejected.code).toBe(1);
    expect(rejected.stdout).toContain('unhandledRejection: nobody awaited me');
  });

  it("keeps in winston's own files what came before a crash in the very first tick, and the crash", async () => {
    const script = (crash: string) => `
      const { File } = require(${JSON.stringify(require.resolve('winston'))}).transports;
      const log = createLogger({ sources: false, destinations: [] });
      const path = (name) => ({ filename: ${JSON.stringify(folder)} + '/' + name });
      log.exceptions.handle(new File(path('exceptions.log')));
      log.rejections.handle(new File(path('rejections.log')));
      log.add(new File({ ...path('all.log'), handleExceptions: true, handleRejections: true }));
      log.info('before');
      ${crash}`;
    const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
    expect((await runChild(script("throw new Error('nobody caught me')"))).code).toBe(1);
    expect(text('exceptions.log')).toMatch(/^.*uncaughtException: nobody caught me.*\n$/);
    expect(text('all.log')).toMatch(/^.*"before".*\n.*uncaughtException: nobody caught me.*\n$/);
    expect((await runChild(script("Promise.reject(new Error('nobody awaited me'))"))).code).toBe(1);
    expect(text('rejections.log')).toMatch(/^.*unhandledRejection: nobody awaited me.*\n$/);
    expect(text('all.log')).toMatch(/"before".*\n.*unhandledRejection: nobody awaited me.*\n$/);
  });
});
