import { toError } from '@metaexpert/logger-core';
import { type AlertMessage } from './alert-engine';
import { type Channel, type Sent } from './channel';

interface HttpRequest {
  readonly url: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HttpChannelParts {
  readonly secrets: readonly string[];
  readonly request: (text: string, message: AlertMessage) => HttpRequest;
  /** Seconds to wait that the body of a 429 names. */
  readonly retryAfterSeconds?: (body: unknown) => unknown;
}

/** A channel that is told by one POST of JSON. */
export class HttpChannel implements Channel {
  readonly secrets: readonly string[];
  readonly #parts: HttpChannelParts;

  constructor(parts: HttpChannelParts) {
    this.#parts = parts;
    this.secrets = parts.secrets;
  }

  async send(text: string, message: AlertMessage, signal: AbortSignal): Promise<Sent> {
    const { url, body, headers = {} } = this.#parts.request(text, message);
    let response: Response;
    let answer: string;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'error',
        signal,
      });
      answer = await response.text();
    } catch (thrown) {
      const error = toError(thrown);
      return { status: 'later', error: error.cause instanceof Error ? error.cause : error };
    }
    if (response.ok) return { status: 'sent' };
    const error = new Error(`HTTP ${response.status} ${answer.slice(0, 200)}`.trim());
    // RFC 9110, section 15.5.9; RFC 6585, section 4: those come again, other answers of 400 and more do not.
    const again = response.status === 429 || response.status === 408 || response.status >= 500;
    return again ? { status: 'later', afterMs: this.#afterMs(response, answer), error } : { status: 'refused', error };
  }

  /** The body's own word, else Retry-After in seconds or as a date (RFC 9110, section 10.2.3). */
  #afterMs(response: Response, answer: string): number | undefined {
    const named = Number(this.#parts.retryAfterSeconds?.(parse(answer)));
    if (named > 0) return named * 1000;
    const header = response.headers.get('retry-after');
    if (header === null) return undefined;
    const ms = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
