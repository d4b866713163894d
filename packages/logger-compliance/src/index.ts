export { ComplianceError, type ComplianceErrorCode, COMPLIANCE_ERROR_CODES } from './errors';
export { seal, type SealOptions } from './sealing/seal';
export { createKeyFile, fileSigner, type Signer } from './sealing/signer';
export { verifyLog, type VerifyLogOptions } from './verification/verify-log';
export {
  SEAL_FINDINGS,
  type ClockSummary,
  type SealFinding,
  type SealProblem,
  type VerifyResult,
} from './verification/verify-result';
export { type LineProof, proveConsistency, proveLine } from './verification/prove';
export { type ConsistencyProof, type InclusionProof, verifyConsistency, verifyInclusion } from './sealing/proofs';
export { type ClockTier } from './sealing/clock-evidence';
export { verifierKey } from './sealing/signer';
