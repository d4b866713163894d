import { waitFor } from '@metaexpert/logger-core/testing';
import { LookUpGate } from './look-up-gate';
import { addressOf, lookUp } from './look-up';

const options = { all: true, family: 0 } as const;
const found = [{ address: '192.0.2.1', family: 4 }];

/** A name server that answers when it is told to. */
class NameServer {
  readonly asked: { name: string; answer: () => void; fail: () => void }[] = [];
  readonly lookUp = (name: string): Promise<typeof found> =>
    new Promise((resolve, reject) => {
      this.asked.push({ name, answer: () => resolve(found), fail: () => reject(new Error('no such name')) });
    });

  get names(): string[] {
    return this.asked.map(({ name }) => name);
  }
}

describe('the gate before name look-ups', () => {
  it('lets two go at a time, however many hang, and the next when one has ended', async () => {
    const server = new NameServer();
    const gate = new LookUpGate({ lookUp: server.lookUp, atOnce: 2, keepMs: 0 });
    const all = Array.from({ length: 8 }, async (_, index) => gate.addresses(`host-${index}`, options));
    await waitFor('two look-ups', () => server.asked.length === 2);
    expect([server.names, gate.busy]).toEqual([['host-0', 'host-1'], 2]);
    server.asked[1]?.answer();
    expect(await all[1]).toEqual(found);
    await waitFor('a third', () => server.asked.length === 3);
    expect([server.names[2], gate.busy]).toEqual(['host-2', 2]);
    for (let at = 0; at < 8; at++) {
      await waitFor(`look-up ${at}`, () => server.asked.length > at);
      server.asked[at]?.answer();
    }
    await Promise.all(all);
    expect(gate.busy).toBe(0);
  });

  it('asks once for a name that several wait for, and again afterwards', async () => {
    const server = new NameServer();
    const gate = new LookUpGate({ lookUp: server.lookUp, atOnce: 2, keepMs: 0 });
    const twice = [gate.addresses('a', options), gate.addresses('a', options)];
    const other = gate.addresses('a', { all: true, family: 6 });
    await waitFor('both look-ups', () => server.asked.length === 2);
    server.asked[0]?.fail();
    for (const one of twice) await expect(one).rejects.toThrow('no such name');
    server.asked[1]?.answer();
    expect(await other).toEqual(found);
    const again = gate.addresses('a', options);
    await waitFor('another look-up', () => server.asked.length === 3);
    server.asked[2]?.answer();
    expect(await again).toEqual(found);
    expect(gate.busy).toBe(0);
  });
});

describe('an answer', () => {
  it('is kept for a moment, for who asked has often given up when it comes; a failure is not', async () => {
    const server = new NameServer();
    let now = 0;
    const gate = new LookUpGate({ lookUp: server.lookUp, atOnce: 2, keepMs: 100, now: () => now });
    const first = gate.addresses('a', options);
    server.asked[0]?.fail();
    await expect(first).rejects.toThrow('no such name');
    const second = gate.addresses('a', options);
    server.asked[1]?.answer();
    await second;
    now = 99;
    expect(await gate.addresses('a', options)).toEqual(found);
    expect(server.asked).toHaveLength(2);
    now = 100;
    void gate.addresses('a', options);
    expect(server.asked).toHaveLength(3);
  });
});

describe('lookUp', () => {
  it.each(['localhost', 'LOCALHOST.', 'bot.localhost'])('knows %s without asking anybody', async (name) => {
    expect(await addressOf(name)).toEqual({ address: '127.0.0.1', family: 4 });
  });

  it('answers in both forms that net.connect asks for, and hands on what went wrong', async () => {
    const ask = (name: string, wanted: object): Promise<unknown[]> =>
      new Promise((resolve) => lookUp(name, wanted, (...words) => resolve(words)));
    expect(await ask('localhost', {})).toEqual([null, '127.0.0.1', 4]);
    expect(await ask('localhost', { family: 6 })).toEqual([null, '::1', 6]);
    expect(await ask('localhost', { all: true, family: 'IPv4' })).toEqual([
      null,
      [{ address: '127.0.0.1', family: 4 }],
    ]);
    expect(await ask('127.0.0.1', {})).toEqual([null, '127.0.0.1', 4]);
    expect((await ask('no such name', {}))[0]).toMatchObject({ syscall: 'getaddrinfo' });
  });
});
