import { type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type Auth } from './auth';
import { type HttpAnswer, type HttpClient, type HttpRequest } from './http-client';
import { judgeStatus } from './judge-status';

/** What a store on HTTP has of its own: how it is asked, and what its answers mean. */
export interface HttpDialect {
  request(batch: readonly Entry[]): HttpRequest;
  /** @param byStatus - what the status alone would mean; without this method, that is all */
  judge?(answer: HttpAnswer, batch: readonly Entry[], byStatus: WriteResult): WriteResult;
}

export interface HttpTransportOptions {
  readonly client: HttpClient;
  readonly auth: Auth;
  readonly dialect: HttpDialect;
}

/** Sends each batch as one HTTP request. */
export class HttpTransport implements Transport {
  readonly #client: HttpClient;
  readonly #auth: Auth;
  readonly #dialect: HttpDialect;

  constructor({ client, auth, dialect }: HttpTransportOptions) {
    this.#client = client;
    this.#auth = auth;
    this.#dialect = dialect;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    let answer: HttpAnswer;
    try {
      answer = await this.#client.send(this.#dialect.request(batch), signal);
    } catch (thrown) {
      return { status: 'retry', error: toError(thrown) };
    }
    const shown = { ...answer, body: this.#auth.hide(answer.body) };
    const byStatus = judgeStatus(shown, this.#client.where, Date.now());
    return this.#dialect.judge?.(shown, batch, byStatus) ?? byStatus;
  }

  async close(): Promise<void> {
    this.#client.close();
  }
}
