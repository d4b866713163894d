import { type WriteResult } from '@metaexpert/logger-core';
import { testEntry } from '@metaexpert/logger-core/testing';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TlsOptions as ServerTls, type TLSSocket } from 'node:tls';
import { Authority, hasOpenssl, type Issued } from '../../test-fixtures/certificates';
import { makeTransport, never } from '../../test-fixtures/make-transport';
import { WebServer } from '../../test-fixtures/web-server';
import { spkiPin } from '../net/check-pins';
import { proxyFor } from '../net/proxy';
import { parseTarget } from '../net/target';
import { httpPlugin, type HttpOptions } from './http';
import { HTTP_SCHEMES } from './http-options';

const describeTls = hasOpenssl ? describe : describe.skip;

describeTls(`https${hasOpenssl ? '' : ' (skipped: no openssl here)'}`, () => {
  const made: Authority[] = [];
  const found = (name?: string): Authority => {
    const one = new Authority(name);
    made.push(one);
    return one;
  };
  let authority: Authority;
  let good: Issued;
  let server: WebServer | undefined;

  beforeAll(() => {
    authority = found();
    good = authority.issue('server');
  });
  afterAll(() => made.forEach((one) => one.remove()));
  afterEach(async () => server?.close());

  async function post(serverTls: ServerTls, tls: HttpOptions['tls'], host = 'localhost'): Promise<WriteResult> {
    server = await WebServer.start(serverTls);
    const options = { url: `https://${host}:${server.port}`, tls: { ca: authority.caPath, ...tls } };
    const { transport } = makeTransport(httpPlugin, options);
    const result = await transport.write([testEntry()], never());
    await transport.close?.(never());
    return result;
  }

  it.each(['localhost', '127.0.0.1'])('delivers to a server that is who it should be: %s', async (host) => {
    expect(await post(good, {}, host)).toEqual({ status: 'delivered' });
  });

  it.each<[string, () => ServerTls, () => HttpOptions['tls'], RegExp]>([
    ['has expired', () => authority.issue('old', { notAfter: '20210101000000Z' }), () => ({}), /CERT_HAS_EXPIRED/],
    ['is of another host', () => authority.issue('other', { names: 'DNS:other.example' }), () => ({}), /ALTNAME_INVALID/],
    ['is of an unknown authority', () => good, () => ({ ca: found('unknown').caPath }), /UNABLE_TO_VERIFY|unable to verify/],
    ['speaks too old a protocol', () => ({ ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), () => ({}), /ERR_SSL|EPROTO|protocol/i],
    ['speaks less than was asked for', () => ({ ...good, maxVersion: 'TLSv1.2' }), () => ({ minVersion: 'TLSv1.3' }), /ERR_SSL|EPROTO|protocol/i],
    ['has another name than was asked for', () => good, () => ({ servername: 'logs.example' }), /ALTNAME_INVALID/],
    ['has a key that is not pinned', () => good, () => ({ pins: [`sha256/${'A'.repeat(43)}=`] }), /none of the server's public keys is pinned/],
  ])('refuses a server whose certificate %s', async (_, serverTls, tls, words) => {
    const result = await post(serverTls(), tls());
    expect(result).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_TLS', message: expect.stringMatching(words) } });
    expect(server?.seen).toEqual([]);
  }); // prettier-ignore

  it('takes a pin of the server itself, or of an authority above it', async () => {
    for (const pem of [good.cert, authority.ca]) {
      expect(await post(good, { pins: [spkiPin(new X509Certificate(pem))] })).toEqual({ status: 'delivered' });
      await server?.close();
    }
  });

  it('takes any certificate when told so at length, and warns at each start', async () => {
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const stranger = found('stranger').issue('stranger', { names: 'DNS:x' });
    expect(await post(stranger, { dangerouslyAcceptAnyCertificate: true })).toEqual({ status: 'delivered' });
    makeTransport(httpPlugin, { url: 'http://logs.example/' });
    makeTransport(httpPlugin, { url: 'http://localhost/' });
    const codes = warned.mock.calls.map(([, options]) => (options as { code?: string }).code);
    warned.mockRestore();
    expect(codes).toEqual(['MXL_REMOTE_TLS_UNVERIFIED', 'MXL_REMOTE_PLAIN_TEXT']);
  });

  it('shows its own certificate to a server that wants one, and takes the new one when the files change', async () => {
    const [first, second] = [
      authority.issue('one', { usage: 'clientAuth' }),
      authority.issue('two', { usage: 'clientAuth' }),
    ];
    const [cert, key] = [join(authority.folder, 'live.pem'), join(authority.folder, 'live.key')];
    const install = (issued: Issued): void => {
      copyFileSync(issued.certPath, cert);
      copyFileSync(issued.keyPath, key);
    };
    install(first);
    const names: string[] = [];
    server = await WebServer.start({ ...good, ca: authority.ca, requestCert: true, rejectUnauthorized: true });
    server.answer = (_, response, socket) => {
      names.push(String((socket as TLSSocket).getPeerCertificate().subject.CN));
      response.writeHead(200, { Connection: 'close' }).end();
    };
    const url = `https://localhost:${server.port}`;
    const { transport } = makeTransport(httpPlugin, { url, tls: { ca: authority.caPath, cert, key } });
    await transport.write([testEntry()], never());
    writeFileSync(cert, 'half a certifi'); // somebody is just writing it
    expect(await transport.write([testEntry()], never())).toEqual({ status: 'delivered' });
    install(second);
    await transport.write([testEntry()], never());
    expect(names).toEqual(['one', 'one', 'two']);
    const bare = makeTransport(httpPlugin, { url, tls: { ca: authority.caPath } }).transport;
    expect(await bare.write([testEntry()], never())).toMatchObject({ status: 'retry' });
  });

  it('goes through a proxy that is asked for a tunnel, which sees neither records nor tokens', async () => {
    const proxy = await TestProxy.start('me:S3CRET');
    try {
      server = await WebServer.start(good);
      const url = `https://localhost:${server.port}/in`;
      const open = (proxyUrl: string): ReturnType<typeof makeTransport>['transport'] =>
        makeTransport(httpPlugin, { url, proxy: proxyUrl, tls: { ca: authority.caPath }, auth: { bearer: 'T0KEN' } })
          .transport;
      const transport = open(`http://me:S3CRET@127.0.0.1:${proxy.port}`);
      expect(await transport.write([testEntry()], never())).toEqual({ status: 'delivered' });
      expect(proxy.asked).toEqual([`CONNECT localhost:${server.port} HTTP/1.1`]);
      expect(proxy.passed).not.toContain('T0KEN');
      await transport.close?.(never());
      const refused = await open(`http://me:WR0NG@127.0.0.1:${proxy.port}`).write([testEntry()], never());
      expect(refused).toMatchObject({ status: 'retry', error: { code: 'MXL_REMOTE_PROXY' } });
      expect((refused as { error: Error }).error.message).toMatch(/answered HTTP\/1.1 407/);
      expect((refused as { error: Error }).error.message).not.toContain('WR0NG');
    } finally {
      await proxy.close();
    }
  });
});

describe('a plain http proxy', () => {
  it('is asked for the whole URL', async () => {
    const proxy = await WebServer.start();
    const options = { url: 'http://logs.example/in?x=1', proxy: `http://me:pw@127.0.0.1:${proxy.port}` };
    const { transport } = makeTransport(httpPlugin, options);
    expect(await transport.write([testEntry()], never())).toEqual({ status: 'delivered' });
    await transport.close?.(never());
    await proxy.close();
    expect(proxy.seen[0]).toMatchObject({ url: 'http://logs.example/in?x=1', headers: { host: 'logs.example' } });
    expect((proxy.seen[0]?.headers as IncomingMessage['headers'])['proxy-authorization']).toMatch(/^Basic /);
  });

  it.each([
    ['https://a.example', { HTTPS_PROXY: 'http://p:1' }, 'http://p:1'],
    ['https://a.example', { https_proxy: 'p:1', HTTPS_PROXY: 'http://q:1' }, 'http://p:1'],
    ['http://a.example', { HTTPS_PROXY: 'http://p:1' }, undefined],
    ['http://a.example', { HTTP_PROXY: 'http://p:1', REQUEST_METHOD: 'GET' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'b.example, .example' }, undefined],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ample' }, 'http://p:1'],
    ['https://a.example:8443', { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'a.example:443' }, 'http://p:1'],
    ['https://10.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3', { HTTPS_PROXY: 'http://p:1', NO_PROXY: '10.0.0.0/8' }, 'http://p:1'],
    ['https://a.example', { HTTPS_PROXY: 'http://p:1', no_proxy: '*' }, undefined],
    ['https://127.0.0.1', { HTTPS_PROXY: 'http://p:1' }, undefined],
  ])('for %s with %j is %j', (url, environment, where) => {
    expect(proxyFor(parseTarget(url, HTTP_SCHEMES), undefined, environment)?.where).toBe(where);
  });
});

/** A proxy that makes tunnels for who knows its password. */
class TestProxy {
  readonly asked: string[] = [];
  passed = '';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(userinfo: string) {
    const wanted = `Proxy-Authorization: Basic ${Buffer.from(userinfo).toString('base64')}`;
    this.#server = createServer((client) => {
      this.#sockets.add(client.on('error', () => client.destroy()));
      client.once('data', (chunk) => {
        const head = chunk.toString().split('\r\n');
        this.asked.push(head[0] ?? '');
        if (!head.includes(wanted)) return client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        const [, host, port] = /^CONNECT ([^:]+):(\d+) /.exec(head[0] ?? '') ?? [];
        const upstream = connect(Number(port), host).on('error', () => client.destroy());
        this.#sockets.add(upstream);
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.on('data', (data) => (this.passed += data.toString('latin1')));
        return client.pipe(upstream).pipe(client);
      });
    });
  }

  static async start(userinfo: string): Promise<TestProxy> {
    const proxy = new TestProxy(userinfo);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
