import { type Entry, toError, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { type Auth } from './auth';
import { type HttpAnswer, type HttpClient, type HttpRequest } from './http-client';
import { judgeStatus } from './judge-status';

/** What a store on HTTP has of its own: how it is asked, and what its answers mean. */
export interface HttpDialect {
  request(batch: readonly Entry[]): HttpRequest;
  /**
   * @param byStatus - what the status alone would mean; without this method, that is all
   * @param ask - sends another request, where an answer needs one to be understood
   */
  judge?(
    answer: HttpAnswer,
    batch: readonly Entry[],
    byStatus: WriteResult,
    ask: (request: HttpRequest) => Promise<HttpAnswer>,
    signal: AbortSignal,
  ): WriteResult | Promise<WriteResult>;
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
    const ask = async (request: HttpRequest): Promise<HttpAnswer> => {
      const answer = await this.#client.send(request, signal);
      return { ...answer, body: this.#auth.hide(answer.body) };
    };
    try {
      const answer = await ask(this.#dialect.request(batch));
      const byStatus = judgeStatus(answer, this.#client.where, Date.now());
      return this.#hide((await this.#dialect.judge?.(answer, batch, byStatus, ask, signal)) ?? byStatus);
    } catch (thrown) {
      return { status: 'retry', error: toError(thrown) };
    }
  }

  /** Words that were read from the bytes of an answer may repeat a secret, too. */
  #hide(result: WriteResult): WriteResult {
    if ('error' in result) result.error.message = this.#auth.hide(result.error.message);
    return result;
  }

  async close(): Promise<void> {
    this.#client.close();
  }
}
