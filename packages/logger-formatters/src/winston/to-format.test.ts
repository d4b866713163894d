import { createLogger, type Formatter } from '@metaexpert/logger-core';
import { CollectingTransport, destinationOf } from '@metaexpert/logger-core/testing';
import { PassThrough } from 'node:stream';
import winston from 'winston';
import { FORMATS } from '../../test/log-in-every-format';
import { readLogfmt } from '../../test/readers';
import { formatterPlugins } from '../formatter-plugins';
import { error as errorFormat } from '../formats/error';
import { logfmt } from '../formats/logfmt';
import { text } from '../formats/text';
import { trade } from '../formats/trade';
import { toFormat } from './to-format';

/** Plain winston with a format; what it wrote, line by line. */
function written(
  format: winston.Logform.Format,
  work: (log: winston.Logger) => void,
  levels?: winston.config.AbstractConfigSetLevels,
): string[] {
  const stream = new PassThrough();
  const log = winston.createLogger({
    ...{ level: 'silly', format, transports: [new winston.transports.Stream({ stream })] },
    ...(levels && { levels, level: Object.keys(levels).at(-1)! }),
  });
  work(log);
  return String(stream.read() ?? '').trimEnd().split('\n'); // prettier-ignore
}

const { combine, timestamp, errors, label, colorize, splat } = winston.format;

describe('toFormat', () => {
  it.each(FORMATS)('makes a format for plain winston of %s', (name) => {
    const formatter = (formatterPlugins.find(({ type }) => type === name)!.create as (options: object) => Formatter)(
      {},
    );
    const [line] = written(toFormat(formatter), (log) => log.warn('careful', { symbol: 'BTCUSDT' }));
    expect(line).toContain('careful');
    expect(line).toContain('BTCUSDT');
    expect(line).not.toContain('undefined');
  });

  it('works at the end of a combine: time, label, splat, colours', () => {
    const format = combine(timestamp(), label({ label: 'feed' }), splat(), colorize(), toFormat(logfmt));
    const [line] = written(format, (log) => log.http('got %s', 'ok', { a: 1 }));
    const { timestamp: time, host, pid, ...rest } = readLogfmt(line!);
    expect(rest).toEqual({ level: 'info', logger: 'feed', message: 'got ok', category: 'general', a: '1' });
    expect(Math.abs(Date.parse(time!) - Date.now())).toBeLessThan(60_000);
    expect([Number(pid), host]).toEqual([process.pid, expect.any(String)]);
  });

  it.each(Object.keys({ ...winston.config.syslog.levels, ...winston.config.npm.levels, ...winston.config.cli.levels }))(
    "knows the level %s of winston's own sets",
    (level) => {
      const info = { level, message: 'x', [Symbol.for('level')]: level };
      const done = toFormat(logfmt).transform(info) as Record<symbol, string>;
      expect(readLogfmt(done[Symbol.for('message')]!)).not.toHaveProperty('fields.level');
    },
  );

  it('keeps a level that nobody knows as a field', () => {
    const [line] = written(toFormat(logfmt), (log) => log.log('loud', 'x'), { loud: 0 });
    expect(readLogfmt(line!)).toMatchObject({ level: 'info', 'fields.level': 'loud' });
  });

  it.each([
    ['alone', errors({ stack: true }), (log: winston.Logger, error: Error) => log.error(error)],
    ['alone, without the format of errors', toFormat(text), (log: winston.Logger, error: Error) => log.error(error)],
    ['beside a message', errors({ stack: true }), (log: winston.Logger, error: Error) => log.error('refused', error)],
    ['as a field', errors({ stack: true }), (log: winston.Logger, error: Error) => log.error('refused', { error })],
  ])('finds an error given %s', (_name, format, work) => {
    const error = Object.assign(new RangeError('too low', { cause: new Error('root') }), { code: 'E9' });
    const [line] = written(combine(format, toFormat(errorFormat)), (log) => work(log, error));
    const record = JSON.parse(line!);
    expect(record.error).toMatchObject({ name: 'RangeError', frames: expect.any(Array) });
    expect(record.error.message).toContain('too low');
    expect(record.error.code ?? record.fields.code).toBe('E9');
    expect(record.error.frames[0]).toMatch(/^at /);
    expect(record).not.toHaveProperty('fields.stack');
  });

  it.each([null, undefined, 12n, Symbol('s'), { a: { b: 1 } }, [1]])('takes the message %p', (message) => {
    const line = toFormat(text).transform({ level: 'info', message }) as Record<symbol, string>;
    expect(line[Symbol.for('message')]).toMatch(/INFO app:/);
  });

  it('does not run getters of an info outside of its guard', () => {
    const info = Object.defineProperty({ level: 'info', message: 'm' }, 'x', { enumerable: true, get: () => { throw new Error('hostile'); } }); // prettier-ignore
    const done = toFormat(trade).transform(info) as Record<symbol, string>;
    expect(JSON.parse(done[Symbol.for('message')]!)).toMatchObject({ event: 'm', x: '[Throws: hostile]' });
  });

  it('is the format of a logger of ours too', async () => {
    const collected = new CollectingTransport();
    const log = createLogger({
      sources: false,
      exitHooks: false,
      format: toFormat(logfmt),
      destinations: [destinationOf(collected)],
    });
    log.write({ level: 'info', message: 'through winston', symbol: 'BTCUSDT' });
    await log.close();
    expect(collected.entries[0]!.record).toMatchObject({ message: 'through winston', fields: { symbol: 'BTCUSDT' } });
    expect(String(collected.entries[0]!.record[Symbol.for('message') as never])).toContain('message="through winston"');
  });
});
