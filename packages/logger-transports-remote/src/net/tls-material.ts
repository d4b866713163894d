import { readFile, stat } from 'node:fs/promises';
import { createSecureContext, type SecureContext } from 'node:tls';
import { RemoteError } from '../errors';
import { isPem, type TlsOptions } from './tls-options';

interface Loaded {
  /** Identity, size and time of every file: changes when one of them does. */
  readonly stamp: string;
  readonly context: SecureContext;
}

/** Certificates and keys in force. Looked at before each connection; files that have changed are read again. */
export class TlsMaterial {
  readonly #options: TlsOptions;
  #loaded: Loaded | undefined;

  constructor(options: TlsOptions) {
    this.#options = options;
  }

  /**
   * A change that cannot be used (a new certificate whose key is not there yet) leaves the old one in force.
   *
   * @throws RemoteError MXL_REMOTE_TLS when there is nothing to go back to
   */
  async context(): Promise<SecureContext> {
    try {
      const stamp = await this.#stamp();
      if (this.#loaded?.stamp !== stamp) this.#loaded = { stamp, context: await this.#load() };
    } catch (thrown) {
      if (this.#loaded === undefined) {
        throw new RemoteError(
          'MXL_REMOTE_TLS',
          `the certificates cannot be used: ${(thrown as Error).message}`,
          thrown,
        );
      }
    }
    return this.#loaded.context;
  }

  async #stamp(): Promise<string> {
    const { ca = [], cert, key } = this.#options;
    const files = [ca, cert ?? [], key ?? []].flat().filter((one) => !isPem(one));
    const stats = await Promise.all(files.map((file) => stat(file)));
    return stats.map(({ ino, size, mtimeMs }) => `${ino}:${size}:${mtimeMs}`).join(' ');
  }

  async #load(): Promise<SecureContext> {
    const { ca, cert, key, passphrase, minVersion = 'TLSv1.2' } = this.#options;
    return createSecureContext({
      minVersion,
      ca: ca === undefined ? undefined : await Promise.all([ca].flat().map(pemOf)),
      cert: cert === undefined ? undefined : await pemOf(cert),
      key: key === undefined ? undefined : await pemOf(key),
      passphrase,
    });
  }
}

async function pemOf(value: string): Promise<string> {
  return isPem(value) ? value : readFile(value, 'utf8');
}
