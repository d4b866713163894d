import { type RemoteErrorCode } from '../errors';
import { isLoopback } from './loopback';
import { type Target } from './target';
import { type TlsOptions } from './tls-options';

interface UnsafeQuestion {
  readonly name: string;
  readonly target: Target;
  readonly tls: TlsOptions | undefined;
  /** Whether the protocol puts TLS on a plain connection when there are options for it. */
  readonly upgrades: boolean;
}

/** Says at start, as a process warning, what makes a destination readable or forgeable by others. */
export function warnUnsafe({ name, target, tls, upgrades }: UnsafeQuestion): void {
  if (target.wire === 'tls' || (upgrades && tls !== undefined)) {
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
