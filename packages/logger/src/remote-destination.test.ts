import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { MetaLogger } from './meta-logger';
import { toRemoteDestination } from './remote-destination';

const quiet = { log_to_file: false, log_to_console: false };

describe('remote destinations as MetaExpert writes them', () => {
  it('receive the records, compressed and with the token', async () => {
    const requests: { authorization: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = gunzipSync(Buffer.concat(chunks)).toString();
        requests.push({ authorization: request.headers.authorization, body });
        response.end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logs`;
    const log = MetaLogger.create({
      ...quiet,
      remote_log_destinations: [{ url, auth_token: 'T0KEN', format: 'json', compression_enabled: true }],
    });
    log.getMainLogger().info('order placed', { symbol: 'BTCUSDT' });
    expect((await log.shutdown()).ok).toBe(true);
    server.close();
    expect(requests).toEqual([
      { authorization: 'Bearer T0KEN', body: expect.stringContaining('"message":"order placed"') },
    ]);
  });

  it.each([
    ['syslog+tcp://h:601', 'syslog', 'syslog+tls://h:601'],
    ['http://h/', 'http', 'https://h/'],
    ['amqp://h/', 'rabbitmq', 'amqps://h/'],
  ])('are of the type that the scheme says, and with TLS where that is enabled: %s', (url, type, secure) => {
    expect(toRemoteDestination({ url }, 0)).toEqual({ type, name: 'remote-1', url });
    const strict = toRemoteDestination({ url, tls_enabled: true, tls_verify: false }, 1);
    expect(strict).toEqual({ type, name: 'remote-2', url: secure, tls: { dangerouslyAcceptAnyCertificate: true } });
  });

  it.each([
    [{ url: 'gopher://h' }, /has no url whose scheme is one of http, https, syslog\+udp/],
    [{ url: 'https://h', token: 'x' }, /unknown key 'token'/],
    ['https://h', /not an object/],
  ])('are refused with what is wrong: %j', (destination, message) => {
    const create = () => MetaLogger.create({ ...quiet, remote_log_destinations: [destination as never] });
    expect(create).toThrow(
      expect.objectContaining({ code: 'MXL_CONFIG_INVALID', message: expect.stringMatching(message) }),
    );
  });
});
