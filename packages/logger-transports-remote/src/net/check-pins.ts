import { createHash, X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { RemoteError } from '../errors';

/**
 * Whether the server's chain has one of the pinned public keys (RFC 7469, section 2.6).
 *
 * @throws RemoteError MXL_REMOTE_TLS when it has none
 */
export function checkPins(socket: TLSSocket, pins: readonly string[]): void {
  const wanted = new Set(pins.map((pin) => pin.replace(/^sha256\//, '')));
  // Without a full handshake there is no chain: it was checked when the session began.
  if (socket.isSessionReused()) return;
  for (const certificate of chainOf(socket)) if (wanted.has(spkiPin(new X509Certificate(certificate.raw)))) return;
  throw new RemoteError('MXL_REMOTE_TLS', `none of the server's public keys is pinned`);
}

/** Base64 SHA-256 of a certificate's public key (SubjectPublicKeyInfo): what `tls.pins` takes. */
export function spkiPin(certificate: X509Certificate): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

function chainOf(socket: TLSSocket): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while ((next as Partial<DetailedPeerCertificate> | undefined)?.raw !== undefined && !chain.includes(next)) {
    chain.push(next);
    next = (next as Partial<DetailedPeerCertificate>).issuerCertificate;
    if (next === undefined) break;
  }
  return chain;
}
