import { toError } from '@metaexpert/logger-core';
import { connect, type Socket } from 'node:net';
import { RemoteError } from '../errors';
import { lookUp } from '../net/look-up';
import { type AlertMessage } from './alert-engine';
import { type EmailOptions } from './channel-options';
import { type Channel, type Sent } from './channel';

const CONNECT_MS = 10_000;

/** What is used of nodemailer. */
interface Mailer {
  sendMail(mail: { from: string; to: string | readonly string[]; subject: string; text: string }): Promise<unknown>;
}

/** Mail by SMTP, through nodemailer, which the application installs. */
export class EmailChannel implements Channel {
  readonly secrets: readonly string[];
  readonly #options: EmailOptions;
  #mailer: Promise<Mailer> | undefined;

  constructor(options: EmailOptions) {
    this.#options = options;
    const { username, password } = new URL(options.smtp);
    this.secrets = [password, decodeURIComponent(password), username.length > 8 ? username : ''].filter(Boolean);
  }

  async send(text: string, _message: AlertMessage, signal: AbortSignal): Promise<Sent> {
    const { from, to } = this.#options;
    // A header is one line: RFC 5322, section 2.2.
    const [first = ''] = text.split('\n');
    try {
      const mailer = await (this.#mailer ??= createMailer(this.#options.smtp));
      signal.throwIfAborted();
      await mailer.sendMail({ from, to, subject: first.slice(0, 120), text });
      return { status: 'sent' };
    } catch (thrown) {
      const error = toError(thrown) as Error & { responseCode?: number };
      const refused = error instanceof RemoteError || (error.responseCode ?? 0) >= 500;
      if (error instanceof RemoteError) this.#mailer = undefined;
      // RFC 5321, section 4.2.1: 4yz is to be tried again, 5yz is not.
      return { status: refused ? 'refused' : 'later', error };
    }
  }
}

/** nodemailer's way to be given a connection; it puts TLS on it where that is asked for. */
type GotSocket = (error: Error | null, socket?: { connection: Socket }) => void;

interface MailServer {
  readonly host: string;
  readonly port?: number;
  /** TLS from the first byte: `smtps://`. */
  readonly secure?: boolean;
}

/** A connection whose name is looked up as those of the destinations are. */
function getSocket({ host, secure = false, port = secure ? 465 : 587 }: MailServer, got: GotSocket): void {
  const connection = connect({ host, port, lookup: lookUp, timeout: CONNECT_MS });
  connection.once('timeout', () => connection.destroy(new Error('no connection in time')));
  let connected = false;
  // It stays: nodemailer listens a moment later than it is given the connection.
  connection.on('error', (error) => !connected && got(error));
  connection.once('connect', () => {
    connected = true;
    connection.removeAllListeners('timeout').setTimeout(0);
    got(null, { connection });
  });
}

async function createMailer(url: string): Promise<Mailer> {
  let nodemailer: { createTransport(options: object): Mailer };
  try {
    // By a name that the compiler does not follow: the package is optional.
    const name: string = 'nodemailer';
    nodemailer = ((await import(name)) as { default: typeof nodemailer }).default;
  } catch (cause) {
    throw new RemoteError('MXL_ALERT_CHANNEL', 'email needs a package: npm install nodemailer', cause);
  }
  return nodemailer.createTransport({ url, getSocket, connectionTimeout: 10_000, socketTimeout: 10_000 });
}
