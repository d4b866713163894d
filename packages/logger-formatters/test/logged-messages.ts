import { exchangeMessages } from './exchange-messages';
import { logInEveryFormat } from './log-in-every-format';

type Members = Record<string, unknown>;

export const TITLE = 'message of the exchange';

/** What the exchange said, in an error as a client library would throw it. */
class ExchangeError extends Error {
  override readonly name = 'ExchangeError';
  readonly code = -1121;
  constructor(readonly payload: Members) {
    super('order rejected');
  }
}

/** What a reader must find of such an error, beside its stack. */
export function exchangeError(payload: Members): Members {
  return { name: 'ExchangeError', message: 'order rejected', code: -1121, payload };
}

/** A message, and its lines in one format: logged as fields, and as an error that carries it. */
export interface LoggedMessage {
  readonly message: Members;
  readonly line: string;
  readonly errorLine: string;
}

/** Logs every message both ways; by format what it made of each. */
export async function logMessages(): Promise<(format: string) => LoggedMessage[]> {
  const messages = exchangeMessages();
  const lines = await logInEveryFormat(
    (log) => {
      for (const message of messages) log.info(TITLE, message);
      for (const message of messages) log.error(TITLE, new ExchangeError(message));
    },
    { redact: false },
  );
  return (format) =>
    messages.map((message, i) => ({
      message,
      line: lines[format]?.[i] ?? '',
      errorLine: lines[format]?.[messages.length + i] ?? '',
    }));
}
