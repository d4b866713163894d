/** Every code of this package; each is explained in docs/errors.md. */
export const FILE_ERROR_CODES = [
  'MXL_FILE_RECORD_TOO_LARGE',
  'MXL_FILE_THREAD_DIED',
  'MXL_FILE_READ_INVALID',
  'MXL_FILE_NOT_FOUND',
  'MXL_FILE_UNREADABLE',
  'MXL_FILE_DAMAGED',
  'MXL_FILE_KEY_UNUSABLE',
  'MXL_FILE_KEY_WRONG',
  'MXL_FILE_IN_USE',
  'MXL_FILE_SETTINGS_DIFFER',
  'MXL_FILE_OUTSIDE_ROOT',
  'MXL_FILE_ARCHIVE_IS_SOURCE',
  'MXL_FILE_DIGEST_MISMATCH',
  'MXL_FILE_EXISTS',
  'MXL_FILE_TIME_INVALID',
] as const;

export type FileErrorCode = (typeof FILE_ERROR_CODES)[number];

/** An error of this package. What the operating system says keeps its own code: `ENOSPC`, `EACCES`. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
