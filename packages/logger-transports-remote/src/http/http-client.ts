import {
  Agent,
  type ClientRequest,
  type ClientRequestArgs,
  type IncomingHttpHeaders,
  request as startRequest,
} from 'node:http';
import { type Duplex } from 'node:stream';
import { connectionError } from '../net/connection-error';
import { type Dialer } from '../net/dialer';
import { proxyAuthorization } from '../net/proxy';
import { type Target } from '../net/target';
import { type Auth } from './auth';
import { compress, type Compression } from './compress';

export interface HttpRequest {
  readonly method?: string;
  /** @default the URL's */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
}

export interface HttpClientOptions {
  readonly dialer: Dialer;
  readonly auth: Auth;
  readonly compression: Compression;
  /** Connections at once. */
  readonly connections: number;
  /** A proxy that is to fetch the URL itself: plain http only, whose dialer opens connections to the proxy. */
  readonly forwardProxy: Target | undefined;
}

const MAX_ANSWER_BYTES = 8_388_608;

/** Sends requests to one server over a fixed number of kept connections. */
export class HttpClient {
  readonly where: string;
  readonly #options: HttpClientOptions;
  readonly #agent: DialerAgent;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.where = options.dialer.target.where;
    this.#agent = new DialerAgent(options.dialer, options.connections);
  }

  /**
   * The server's answer, whatever its status; after a 401 a token that can be renewed is, once.
   *
   * @throws RemoteError when there is no answer
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { auth, compression } = this.#options;
    const { body, headers } = await compress(request.body, compression);
    const send = async (): Promise<HttpAnswer> =>
      this.#sendOnce(request, body, { ...headers, ...(await auth.headers()) }, signal);
    const answer = await send();
    if (answer.status !== 401 || !auth.refreshable) return answer;
    auth.expire();
    return send();
  }

  close(): void {
    this.#agent.destroy();
  }

  async #sendOnce(
    request: HttpRequest,
    body: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    const { target } = this.#options.dialer;
    const { forwardProxy } = this.#options;
    const path = request.path ?? target.path;
    const authorization = forwardProxy && proxyAuthorization(forwardProxy);
    const options = {
      agent: this.#agent,
      method: request.method ?? 'POST',
      host: target.host,
      port: target.port,
      path: forwardProxy === undefined ? path : `http://${hostHeader(target)}${path}`,
      headers: {
        ...request.headers,
        ...headers,
        ...(authorization !== undefined && { 'Proxy-Authorization': authorization }),
        Host: hostHeader(target),
        'Content-Length': body.length,
      },
      signal,
      // Node keeps `signal` from the agent; the agent hands on what it does not know.
      dialSignal: signal,
    };
    for (let attempt = 1; ; attempt++) {
      const sent = startRequest(options);
      try {
        return await exchange(sent, body);
      } catch (thrown) {
        // The server closed a kept connection just as it was taken: nothing was wrong.
        const { code } = thrown as NodeJS.ErrnoException;
        const stale = sent.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
        if (stale && attempt <= 2 && !signal.aborted) continue;
        throw connectionError(this.where, signal.aborted ? new Error('no answer in time') : thrown);
      }
    }
  }
}

function exchange(request: ClientRequest, body: Buffer): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) request.destroy(new Error('the answer has no end'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('close', () => {
        if (!response.complete) reject(new Error('the connection was closed in the middle of the answer'));
      });
      response.on('end', () => {
        if (!response.complete) return;
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole.toString(),
          bytes: whole,
        });
      });
    });
    request.end(body);
  });
}

function hostHeader({ scheme, host, port }: Target): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}

/** Node's typings want a stream even beside an error. */
type Connected = (error: Error | null, socket: Duplex) => void;

/** Keeps connections; where a new one comes from is the dialer's business. */
class DialerAgent extends Agent {
  readonly #dialer: Dialer;

  constructor(dialer: Dialer, connections: number) {
    super({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections, scheduling: 'lifo' });
    this.#dialer = dialer;
  }

  override createConnection(options: ClientRequestArgs, callback?: Connected): undefined {
    const { dialSignal } = options as unknown as { dialSignal: AbortSignal };
    const failed = callback as unknown as (error: Error) => void;
    this.#dialer.open(dialSignal).then((socket) => callback?.(null, socket), failed);
  }
}
