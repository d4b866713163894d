import { RemoteError } from '../errors';

const OF_TLS = /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|HOSTNAME_MISMATCH|EPROTO$)/;

/** What went wrong on the way to a server, in this package's words. */
export function connectionError(where: string, thrown: unknown): RemoteError {
  if (thrown instanceof RemoteError) return thrown;
  const { code, message } = firstOf(thrown);
  const isTls = code !== undefined && OF_TLS.test(code);
  const reason = code === undefined || message.includes(code) ? message : `${code}: ${message}`;
  return new RemoteError(isTls ? 'MXL_REMOTE_TLS' : 'MXL_REMOTE_CONNECT', `${where}: ${reason}`, thrown);
}

/** Happy eyeballs (RFC 8305) fail with one error for each address that was tried. */
function firstOf(thrown: unknown): { code: string | undefined; message: string } {
  const { errors } = thrown as Partial<AggregateError>;
  const error = (Array.isArray(errors) ? (errors[0] as unknown) : thrown) as Partial<NodeJS.ErrnoException>;
  return { code: error.code, message: error.message ?? 'unknown' };
}
