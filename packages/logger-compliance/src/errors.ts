/** Every code of this package; each is explained in docs/errors.md. */
export const COMPLIANCE_ERROR_CODES = [
  'MXL_REDACT_VALUE',
  'MXL_EVENT_INVALID',
  'MXL_PSEUDONYM_KEY',
  'MXL_SUBJECT_ERASED',
  'MXL_SUBJECT_DATA',
  'MXL_KEY_STORE',
  'MXL_SEAL_MALFORMED',
  'MXL_SEAL_SIGNER_FAILED',
  'MXL_SEAL_KEY_CHANGED',
  'MXL_SEAL_TIMESTAMP_FAILED',
  'MXL_SEAL_NOT_IN_LOG',
  'MXL_RETENTION_HOLD',
  'MXL_RETENTION_NOT_LOGGED',
  'MXL_EVIDENCE_FOLDER',
  'MXL_WITNESS_FAILED',
] as const;

export type ComplianceErrorCode = (typeof COMPLIANCE_ERROR_CODES)[number];

/** An error of this package. */
export class ComplianceError extends Error {
  override readonly name = 'ComplianceError';
  readonly code: ComplianceErrorCode;

  constructor(code: ComplianceErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
