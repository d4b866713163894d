import { toError } from '@metaexpert/logger-core';
import { retryAfterMs } from '../delivery/retry-after';
import { Auth } from '../http/auth';
import { type HttpAnswer, HttpClient } from '../http/http-client';
import { HTTP_SCHEMES } from '../http/http-options';
import { Dialer } from '../net/dialer';
import { proxyFor } from '../net/proxy';
import { parseTarget } from '../net/target';
import { warnUnsafe } from '../net/warn-unsafe';
import { type AlertMessage } from './alert-engine';
import { type Channel, type Sent } from './channel';

export interface HttpChannelParts {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly body: (text: string, message: AlertMessage) => unknown;
  /** Seconds to wait that the body of a 429 names. */
  readonly retryAfterSeconds?: (body: unknown) => unknown;
}

/** A channel that is told by one POST of JSON, over a connection made as those of the destinations are. */
export class HttpChannel implements Channel {
  readonly secrets: readonly string[];
  readonly #parts: HttpChannelParts;
  readonly #client: HttpClient;

  constructor(parts: HttpChannelParts) {
    const target = parseTarget(parts.url, HTTP_SCHEMES);
    warnUnsafe({ name: 'alerts', target, tls: undefined, upgrades: false });
    const proxy = proxyFor(target, undefined, process.env);
    const forwards = proxy !== undefined && target.scheme === 'http';
    this.#parts = parts;
    this.secrets = target.password === undefined ? parts.secrets : [...parts.secrets, target.password];
    this.#client = new HttpClient({
      dialer: new Dialer({ target, proxy, tunnels: !forwards }),
      auth: new Auth(undefined, target),
      compression: 'none',
      connections: 1,
      forwardProxy: forwards ? proxy : undefined,
    });
  }

  async send(text: string, message: AlertMessage, signal: AbortSignal): Promise<Sent> {
    const { headers = {}, body } = this.#parts;
    let answer: HttpAnswer;
    try {
      const request = {
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body(text, message)),
      };
      answer = await this.#client.send(request, signal);
    } catch (thrown) {
      return { status: 'later', error: toError(thrown) };
    }
    const { status } = answer;
    if (status >= 200 && status < 300) return { status: 'sent' };
    const error = new Error(`HTTP ${status} ${answer.body.slice(0, 200)}`.trim());
    // RFC 9110, section 15.5.9; RFC 6585, section 4: those come again, other answers of 300 and more do not.
    const again = status === 429 || status === 408 || status >= 500;
    return again ? { status: 'later', afterMs: this.#afterMs(answer), error } : { status: 'refused', error };
  }

  close(): void {
    this.#client.close();
  }

  /** The body's own word, else Retry-After. */
  #afterMs({ headers, body }: HttpAnswer): number | undefined {
    const named = Number(this.#parts.retryAfterSeconds?.(parse(body)));
    return named > 0 ? named * 1000 : retryAfterMs(headers['retry-after'], Date.now());
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
