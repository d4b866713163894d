import { type RemoteErrorCode } from '../errors';
import { isLoopback } from './loopback';
import { type Target } from './target';
import { type TlsOptions } from './tls-options';

/** Says at start, as a process warning, what makes a destination readable or forgeable by others. */
export function warnUnsafe(name: string, target: Target, tls: TlsOptions | undefined): void {
  if (target.wire === 'tls') {
    if (tls?.dangerouslyAcceptAnyCertificate === true) {
      warn(
        'MXL_REMOTE_TLS_UNVERIFIED',
        `${name}: the certificate of ${target.where} is not verified; whoever is in between reads and changes everything`,
      );
    }
  } else if (!isLoopback(target.host)) {
    warn('MXL_REMOTE_PLAIN_TEXT', `${name}: records go to ${target.where} unencrypted`);
  }
}

function warn(code: RemoteErrorCode, message: string): void {
  process.emitWarning(message, { type: 'LoggerSecurityWarning', code });
}
