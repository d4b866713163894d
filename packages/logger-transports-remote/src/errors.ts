/** Every code of this package; each is explained in docs/errors.md. */
export const REMOTE_ERROR_CODES = [
  'MXL_SPOOL_LOCKED',
  'MXL_SPOOL_DISK',
  'MXL_SPOOL_THREAD_DIED',
  'MXL_ALERT_CHANNEL',
] as const;

export type RemoteErrorCode = (typeof REMOTE_ERROR_CODES)[number];

/** An error of this package. */
export class RemoteError extends Error {
  override readonly name = 'RemoteError';
  readonly code: RemoteErrorCode;

  constructor(code: RemoteErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
