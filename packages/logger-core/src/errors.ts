/** Every code of this package; each is explained in docs/errors.md. */
export const ERROR_CODES = [
  'MXL_CONFIG_INVALID',
  'MXL_CONFIG_FILE',
  'MXL_AUDIT_FAILED',
  'MXL_CLOSED',
  'MXL_WRITE_TIMEOUT',
  'MXL_TRANSPORT_THREW',
  'MXL_PROCESSOR_THREW',
  'MXL_FORMATTER_THREW',
  'MXL_FILTER_THREW',
  'MXL_RETRY_EXHAUSTED',
  'MXL_QUEUE_FULL',
  'MXL_RECURSION',
  'MXL_SPOOL_FULL',
  'MXL_SPOOL_DAMAGED',
  'MXL_THREAD_FILE_MISSING',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error of this package: `code` is one of {@link ERROR_CODES}, `cause` is what lies behind it. */
export class LoggerError extends Error {
  override readonly name: string = 'LoggerError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

/** One mistake in a configuration. */
export interface ConfigIssue {
  /** Where: `destinations[1].queue.overflow`. */
  readonly path: string;
  /** What was given, what is allowed, and the nearest known word. */
  readonly message: string;
}

/** A configuration that cannot be used, with every mistake in it. Nothing has been opened. */
export class ConfigError extends LoggerError {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[], code: ErrorCode = 'MXL_CONFIG_INVALID') {
    const lines = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
    super(code, lines.join('\n'));
    this.issues = issues;
  }
}

/** Whatever was thrown, as an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(describeThrown(thrown));
}

function describeThrown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'a value that cannot be printed was thrown';
  }
}
