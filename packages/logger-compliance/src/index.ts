export { ComplianceError, type ComplianceErrorCode, COMPLIANCE_ERROR_CODES } from './errors';
export { seal, type SealOptions } from './sealing/seal';
export { createKeyFile, fileSigner, type Signer } from './sealing/signer';
export { verifyLog, type VerifyLogOptions } from './verification/verify-log';
export { SEAL_FINDINGS, type ClockSummary, type SealFinding, type SealProblem, type VerifyResult } from './verification/verify-result';
