import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type DetailedPeerCertificate, type PeerCertificate, type TLSSocket } from 'node:tls';
import { RemoteError } from '../errors';

/**
 * Whether the server's chain has one of the pinned public keys (RFC 7469, section 2.6).
 *
 * @throws RemoteError MXL_REMOTE_TLS when it has none
 */
export function checkPins(socket: TLSSocket, pins: readonly string[]): void {
  // Without a full handshake there is no chain: it was checked when the session began.
  if (socket.isSessionReused()) return;
  if (!isPinned(socket.getPeerCertificate(true), pins)) throw notPinned();
}

/** Node's own check of the server's name, and that of the pins: for clients that make their connections themselves. */
export function checkIdentity(pins: readonly string[]) {
  return (host: string, certificate: PeerCertificate): Error | undefined => {
    const error = checkServerIdentity(host, certificate);
    if (error !== undefined || pins.length === 0) return error;
    return isPinned(certificate as DetailedPeerCertificate, pins) ? undefined : notPinned();
  };
}

function isPinned(certificate: DetailedPeerCertificate, pins: readonly string[]): boolean {
  const wanted = new Set(pins.map((pin) => pin.replace(/^sha256\//, '')));
  return chainOf(certificate).some(({ raw }) => wanted.has(spkiPin(new X509Certificate(raw))));
}

function notPinned(): RemoteError {
  return new RemoteError('MXL_REMOTE_TLS', `none of the server's public keys is pinned`);
}

/** Base64 SHA-256 of a certificate's public key (SubjectPublicKeyInfo): what `tls.pins` takes. */
export function spkiPin(certificate: X509Certificate): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

function chainOf(leaf: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while ((next as Partial<DetailedPeerCertificate> | undefined)?.raw !== undefined && !chain.includes(next)) {
    chain.push(next);
    next = (next as Partial<DetailedPeerCertificate>).issuerCertificate;
    if (next === undefined) break;
  }
  return chain;
}
