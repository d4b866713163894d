/** Every code of this package; each is explained in docs/errors.md. */
export const REMOTE_ERROR_CODES = [
  'MXL_REMOTE_ADDRESS',
  'MXL_REMOTE_CONNECT',
  'MXL_REMOTE_TLS',
  'MXL_REMOTE_TLS_UNVERIFIED',
  'MXL_REMOTE_PLAIN_TEXT',
  'MXL_REMOTE_PROXY',
  'MXL_REMOTE_AUTH',
  'MXL_REMOTE_STATUS',
  'MXL_REMOTE_SERVER_ERROR',
  'MXL_REMOTE_REFUSED',
  'MXL_REMOTE_TOO_LARGE',
  'MXL_REMOTE_POISON',
  'MXL_REMOTE_DEAD_LETTERS',
  'MXL_REMOTE_CLIENT_MISSING',
  'MXL_SPOOL_LOCKED',
  'MXL_SPOOL_DISK',
  'MXL_SPOOL_THREAD_DIED',
  'MXL_ALERT_CHANNEL',
] as const;

export type RemoteErrorCode = (typeof REMOTE_ERROR_CODES)[number];

/** An error of this package. Its text names the server, never a secret; `cause` is what lies behind it. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;

  constructor(code: RemoteErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
