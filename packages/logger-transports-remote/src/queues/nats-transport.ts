import { type Entry, type Transport, type WriteResult } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { connectionError } from '../net/connection-error';
import { type Dialer } from '../net/dialer';
import { type ItemVerdict, itemResults } from '../stores/item-results';
import { type NatsAnswer, type NatsLogin, NatsSession } from './nats-session';

export interface NatsTransportOptions {
  readonly dialer: Dialer;
  readonly subject: string;
  readonly login: NatsLogin;
}

/** Bytes of headers that count towards the server's limit, with room for a long id. */
const HEAD_BYTES = 256;

/** Publishes records to JetStream, each with its id as `Nats-Msg-Id`; delivered means that the stream has stored it. */
export class NatsTransport implements Transport {
  readonly #options: NatsTransportOptions;
  #session: NatsSession | undefined;

  constructor(options: NatsTransportOptions) {
    this.#options = options;
  }

  async write(batch: readonly Entry[], signal: AbortSignal): Promise<WriteResult> {
    const { dialer, subject, login } = this.#options;
    const { where } = dialer.target;
    try {
      if (this.#session?.open !== true) this.#session = await NatsSession.start(dialer, login, signal);
      const { maxPayload } = this.#session;
      const largest = Math.max(...batch.map(({ payload }) => Buffer.byteLength(payload)));
      if (largest + HEAD_BYTES > maxPayload) {
        const message = `${largest} bytes are more than the ${maxPayload} that ${where} takes`;
        return { status: 'rejected', error: new RemoteError('MXL_REMOTE_TOO_LARGE', message) };
      }
      const messages = batch.map(({ payload, record }) => ({ id: record.id, text: payload }));
      return judge(await this.#session.publish(subject, messages, signal), where, subject);
    } catch (thrown) {
      return { status: 'retry', error: connectionError(where, thrown) };
    }
  }

  async close(signal: AbortSignal): Promise<void> {
    await this.#session?.close(signal);
  }
}

/** A stream's own answer (JetStream API, PubAck): where it is stored, also the second time, or an error. */
function judge(answers: readonly NatsAnswer[], where: string, subject: string): WriteResult {
  let error: Error | undefined;
  const verdicts = answers.map((answer): ItemVerdict => {
    if (!('text' in answer)) {
      error ??= connectionError(where, answer);
      return 'retry';
    }
    if (answer.status === 503) {
      error ??= new RemoteError('MXL_REMOTE_STATUS', `${where}: no stream takes the subject ${subject}`);
      return 'retry';
    }
    if (/"stream"\s*:/.test(answer.text) && !/"error"\s*:/.test(answer.text)) return 'delivered';
    // A stream that is full, or not to be written to: somebody's to mend.
    error ??= new RemoteError('MXL_REMOTE_STATUS', `${where} answered ${answer.text.slice(0, 200)}`);
    return 'retry';
  });
  return itemResults(verdicts, error);
}
