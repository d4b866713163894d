import { isIP } from 'node:net';
import { type ConnectionOptions } from 'node:tls';
import { checkIdentity } from './check-pins';
import { type Target } from './target';
import { TlsMaterial } from './tls-material';
import { type TlsOptions } from './tls-options';

/** TLS for a client library that opens its connections itself: the same checks as everywhere else. */
export async function clientTls(target: Target, tls: TlsOptions = {}): Promise<ConnectionOptions> {
  const { servername = target.host, pins = [], dangerouslyAcceptAnyCertificate = false } = tls;
  return {
    secureContext: await new TlsMaterial(tls).context(),
    // No addresses in the handshake: RFC 6066, section 3.
    servername: isIP(servername) === 0 ? servername : '',
    rejectUnauthorized: !dangerouslyAcceptAnyCertificate,
    checkServerIdentity: (_, certificate) => checkIdentity(pins)(servername, certificate),
  };
}
