import { collectingLogger, failuresOf, linesOf, testLogger } from '../../test/loggers';
import { CollectingTransport, destinationOf, HangingTransport, waitFor } from '../testing';
import { createLogger } from './create-logger';

describe('setLevel', () => {
  it('changes the level at run time and reaches the children made before', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ a: 1 }).child({ b: 2 });
    child.debug('1');
    log.setLevel('DEBUG');
    child.debug('2');
    child.setLevel('error');
    log.warning('3');
    log.error('4');
    await log.flush();
    expect(collected.messages).toEqual(['2', '4']);
    expect([log.level, child.level]).toEqual(['error', 'error']);
  });

  it('changes the level of one name and the names below it', async () => {
    const { log, collected } = collectingLogger();
    const [exchange, socket, other] = [log.named('exchange'), log.named('exchange.ws'), log.named('exchanges')];
    log.setLevel('debug', 'exchange');
    for (const one of [log, exchange, socket, other]) one.debug(one.name);
    log.setLevel('error', 'exchange.ws');
    socket.info('no');
    await log.flush();
    expect(collected.messages).toEqual(['exchange', 'exchange.ws']);
  });

  it('refuses what is no level, and keeps the old one', () => {
    const { log } = collectingLogger();
    expect(() => log.setLevel('loud')).toThrow(
      "level: 'loud' is not one of critical, error, warning, trade, info, debug",
    );
    expect(log.level).toBe('info');
  });

  it('is told by isLevelEnabled, in the words of other level sets too', () => {
    const log = testLogger({ level: 'info', levels: { 'exchange.ws': 'debug', exchange: 'ERROR' } });
    const enabled = (name: string) =>
      ['error', 'WARN', 'info', 'silly', 'nonsense'].map((level) => log.named(name).isLevelEnabled(level));
    expect(enabled('bot')).toEqual([true, true, true, false, false]);
    expect(enabled('exchange.rest')).toEqual([true, false, false, false, false]);
    expect(enabled('exchange.ws.trades')).toEqual([true, true, true, true, false]);
    expect(log.isInfoEnabled()).toBe(true);
    expect(log.isDebugEnabled()).toBe(false);
  });

  it('can be silenced, and speak again', async () => {
    const { log, collected } = collectingLogger();
    log.silent = true;
    log.critical('no');
    log.silent = false;
    log.info('yes');
    await log.flush();
    expect(collected.messages).toEqual(['yes']);
  });
});

describe('reconfigure', () => {
  it('gives the logger its new name, and all that had it from there, with the levels of that name', async () => {
    const all = new CollectingTransport();
    const destinations = [destinationOf(all)];
    const log = createLogger({ ...silentSources, name: 'one', destinations });
    const [child, other] = [log.child({ symbol: 'BTCUSDT' }), log.named('one.other')];
    await log.reconfigure({ ...silentSources, name: 'two', levels: { two: 'error', one: 'debug' }, destinations });
    child.warning('too low for two');
    expect([log.name, child.name, other.name]).toEqual(['two', 'two', 'one.other']);
    await log.reconfigure({ ...silentSources, name: 'three', levels: { three: 'debug' }, destinations });
    for (const one of [log, child, other, log.named('one')]) one.info('x');
    child.debug('x');
    await log.close();
    expect(all.entries.map(({ record }) => `${record.level} ${record.logger}`)).toEqual([
      ...['info three', 'info three', 'info one.other', 'info one', 'debug three'],
    ]);
  });

  const silentSources = { sources: false, exitHooks: false, name: 'test' } as const;

  it('applies a whole new configuration, children included, and seq goes on', async () => {
    const { log, collected } = collectingLogger();
    const child = log.child({ a: 1, apiNote: 'abcdefghijkl' });
    child.info('old');
    const next = new CollectingTransport();
    const receipt = await log.reconfigure({
      ...silentSources,
      level: 'debug',
      fields: { region: 'eu', host: false },
      redact: { keys: ['apiNote'] },
      destinations: [destinationOf(next, { name: 'new' })],
    });
    expect(receipt).toMatchObject({ ok: true, destinations: [{ delivered: 1 }] });
    expect(collected.closed).toBe(true);
    child.debug('new');
    await log.flush();
    expect(linesOf(collected)).toMatchObject([{ message: 'old', seq: 1, apiNote: 'abcdefghijkl' }]);
    expect(linesOf(next)).toMatchObject([{ message: 'new', seq: 2, a: 1, region: 'eu', apiNote: '***ijkl' }]);
    expect(linesOf(next)[0]).not.toHaveProperty('host');
    expect(log.health().map(({ name }) => name)).toEqual(['new']);
  });

  it('applies none of it when there is a mistake in it', async () => {
    const { log, collected } = collectingLogger();
    const created = countingPlugin();
    expect(() =>
      log.reconfigure({
        ...silentSources,
        level: 'debug',
        plugins: [created.plugin],
        destinations: [{ type: 'counted' }, { type: 'nope' }],
      }),
    ).toThrow("destinations[1].type: 'nope' is not one of");
    expect(created.count()).toBe(0);
    log.debug('still info');
    log.info('still here');
    await log.flush();
    expect(collected.messages).toEqual(['still here']);
    expect(collected.closed).toBe(false);
  });

  it('applies none of it when a processor cannot be made', async () => {
    const { log, collected } = collectingLogger();
    const plugin = { kind: 'processor' as const, type: 'broken', create: () => { throw new Error('no key'); } }; // prettier-ignore
    const wrong = {
      ...silentSources,
      level: 'debug' as const,
      plugins: [plugin],
      processors: [{ type: 'broken' } as never],
    };
    await expect((async () => log.reconfigure(wrong))()).rejects.toThrow('no key');
    log.debug('still info');
    log.info('still here');
    await log.flush();
    expect(collected.messages).toEqual(['still here']);
  });

  it('loses nothing on the way', async () => {
    const { log, collected } = collectingLogger();
    const all = [collected];
    const closing: Promise<unknown>[] = [];
    for (let index = 0; index < 5000; index++) {
      log.info(`${index}`);
      if (index % 1000 !== 500) continue;
      all.push(new CollectingTransport());
      closing.push(log.reconfigure({ ...silentSources, destinations: [destinationOf(all.at(-1)!)] }));
    }
    await Promise.all(closing);
    await log.flush();
    expect(all.flatMap(({ messages }) => messages)).toEqual(Array.from({ length: 5000 }, (_, index) => `${index}`));
  });

  it('does not wait for an old destination that hangs, and says in its receipt what is left there', async () => {
    const log = testLogger({
      destinations: [destinationOf(new HangingTransport(), { name: 'old' })],
      shutdownTimeoutMs: 20,
    });
    failuresOf(log);
    log.info('stuck');
    const next = new CollectingTransport();
    const closing = log.reconfigure({ ...silentSources, shutdownTimeoutMs: 20, destinations: [destinationOf(next)] });
    log.info('flows');
    await waitFor('the new destination', () => next.messages.length === 1);
    expect(await closing).toMatchObject({ ok: false, destinations: [{ name: 'old', pending: 1 }] });
  });

  function countingPlugin() {
    let made = 0;
    const create = () => {
      made += 1;
      return new CollectingTransport();
    };
    return { plugin: { kind: 'transport' as const, type: 'counted', create }, count: () => made };
  }
});
