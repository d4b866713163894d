import { type Transport } from '@metaexpert/logger-core';
import { describeTransport, testEntry, waitFor } from '@metaexpert/logger-core/testing';
import fc from 'fast-check';
import { type Socket } from 'node:net';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { StreamServer, withoutHead } from '../../test-fixtures/stream-server';
import { relpPlugin } from './relp';
import { encodeRelp, RelpReader } from './relp-frames';

/** A RELP server: answers each command as a test tells it to. */
class RelpServer {
  readonly messages: string[] = [];
  answer: (message: string, socket: Socket) => string | undefined = () => '200 OK';
  readonly stream: StreamServer;

  constructor(stream: StreamServer) {
    this.stream = stream;
    stream.connected = (socket) => {
      let rest = '';
      socket.on('data', (chunk: Buffer) => {
        rest += chunk.toString('latin1');
        for (let match = /^(\d+) (\w+) (\d+) ?/.exec(rest); match !== null; match = /^(\d+) (\w+) (\d+) ?/.exec(rest)) {
          const end = match[0].length + Number(match[3]);
          if (rest.length <= end) return;
          const data = Buffer.from(rest.slice(match[0].length, end), 'latin1').toString();
          rest = rest.slice(end + 1);
          this.#reply(socket, match[1]!, match[2]!, data);
        }
      });
    };
  }

  #reply(socket: Socket, transaction: string, command: string, data: string): void {
    let words: string | undefined = command === 'open' ? '200 OK\nrelp_version=0\ncommands=syslog' : '';
    if (command === 'syslog') {
      words = this.answer(data, socket);
      if (words?.startsWith('200') === true) this.messages.push(withoutHead(data));
    }
    if (words !== undefined) socket.write(`${transaction} rsp ${words.length}${words === '' ? '' : ` ${words}`}\n`);
    if (command === 'close') socket.end('0 serverclose 0\n');
  }
}

let server: RelpServer;
const start = async (): Promise<Transport> => {
  server = new RelpServer(await StreamServer.start());
  return makeTransport(relpPlugin, { url: `relp://127.0.0.1:${server.stream.port}` }).transport;
};
const entries = (count: number): ReturnType<typeof testEntry>[] =>
  Array.from({ length: count }, (_, index) => testEntry({ id: `T-${index}`, message: `record ${index}` }));

describe('relp as a transport', () => {
  describeTransport({ create: start, received: () => server.messages, cleanup: () => server.stream.close() });
});

describe('relp', () => {
  let transport: Transport;
  beforeEach(async () => {
    transport = await start();
  });
  afterEach(async () => {
    await transport.close?.(AbortSignal.timeout(1000));
    await server.stream.close();
  });

  it('has delivered what was acknowledged, and no more, when the connection breaks', async () => {
    let count = 0;
    server.answer = (_, socket) => {
      if (++count === 4) setImmediate(() => socket.end());
      return count < 4 ? '200 OK' : undefined;
    };
    const result = await transport.write(entries(10), never());
    expect(result).toMatchObject({
      status: 'partial',
      delivered: [0, 1, 2],
      rejected: [],
      error: { code: 'MXL_REMOTE_CONNECT' },
    });
    server.answer = () => '200 OK';
    expect(await transport.write(entries(10).slice(3), never())).toEqual({ status: 'delivered' });
    expect(server.messages).toHaveLength(10);
  });

  it('rejects what the server refuses, and nothing else', async () => {
    server.answer = (message) => (message.includes('record 2') ? '500 no' : '200 OK');
    const result = await transport.write(entries(4), never());
    expect(result).toMatchObject({
      status: 'partial',
      rejected: [2],
      retry: [],
      error: { code: 'MXL_REMOTE_REFUSED' },
    });
  });

  it('comes to an end when the signal aborts', async () => {
    server.answer = () => undefined;
    const controller = new AbortController();
    const result = transport.write(entries(2), controller.signal);
    await waitFor('the messages', () => server.stream.text.includes('record 1'));
    controller.abort();
    expect(await result).toMatchObject({ status: 'retry' });
  });

  it('is a retry when something else than RELP answers', async () => {
    server.stream.connected = (socket) => void socket.write(`HTTP/1.1 400 Bad Request\r\n\r\n${' '.repeat(100)}`);
    expect(await transport.write(entries(1), never())).toMatchObject({ status: 'retry' });
  });
});

describe('frames of RELP', () => {
  it('are found in a stream, however it is cut', () => {
    const frame = fc.record({
      transaction: fc.integer({ min: 0, max: 999_999_999 }),
      command: fc.constantFrom('rsp', 'syslog', 'serverclose'),
      data: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(fc.array(frame), fc.integer({ min: 1, max: 50 }), (frames, size) => {
        const stream = Buffer.concat(frames.map(encodeRelp));
        const reader = new RelpReader();
        const found = [];
        for (let at = 0; at < stream.length; at += size) found.push(...reader.push(stream.subarray(at, at + size)));
        expect(found).toEqual(frames);
      }),
    );
  });
});
