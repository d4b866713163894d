export { ComplianceError, type ComplianceErrorCode, COMPLIANCE_ERROR_CODES } from './errors';
export { redact, redactPlugin, type RedactProcessor } from './redaction/redact';
export { protect } from './redaction/protected-values';
export { redactionReport, type RedactionReport } from './redaction/redaction-report';
export {
  type DetectorName,
  type KeyOption,
  type PathOption,
  type PatternOption,
  type RedactionOptions,
  type ValueOption,
} from './redaction/redact-options';
export { type RedactPreset } from './redaction/presets';
export { type Action, type Pseudonymize } from './redaction/action';
export { Compliance, createCompliance, type EventReceipt, type Violation } from './events/compliance';
export { type ComplianceOptions, type OnInvalid } from './events/compliance-options';
export { type Check, type ComplianceEvent, type Finding } from './events/check';
export { EVENT_KINDS, type EventFields, type EventKind } from './events/event-kinds';
export { type EventIssue } from './events/event-issue';
export { validateEvent } from './events/validate-event';
export { isDecimal, isDti, isLei } from './events/identifiers';
export {
  cancelStorm,
  orderToTradeRatio,
  priceFarFromMarket,
  selfMatch,
  type WindowOptions,
} from './events/example-checks';
export { createPseudonyms, type PseudonymKey, type Pseudonyms } from './pseudonyms/pseudonyms';
export { createSubjectVault, SubjectVault, type SubjectVaultOptions } from './pseudonyms/subject-vault';
export { type SubjectKeyStore } from './pseudonyms/subject-key-store';
export { createFileKeyStore, type FileKeyStoreOptions } from './pseudonyms/file-key-store';
export { encryptSubject, type EncryptSubjectOptions } from './pseudonyms/encrypt-subject';
export { seal } from './sealing/seal';
export { type SealOptions } from './sealing/seal-options';
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
export { createRetention, Retention, type RetentionPlan } from './retention/retention';
export { type RetentionOptions } from './retention/retention-options';
export { type RetentionOutcome } from './retention/apply-plan';
export { type HoldFilter } from './retention/hold-keeper';
export { type PlannedFile, type RetentionStep } from './retention/plan-retention';
export { type Period } from './retention/period';
export { type RetainedLog } from './retention/retained-file';
export { RETENTION_PRESETS, type RetentionPolicy, type RetentionPreset } from './retention/retention-policy';
export { type ComplianceReport, type LogReport, report, type ReportedLog, type ReportOptions } from './reports/report';
export { reportHtml } from './reports/html/report-html';
export { type EvidenceBundle, type EvidenceLog, type EvidenceOptions, writeEvidence } from './evidence/evidence';
export { createWitness, Witness, type WitnessOptions } from './witness/witness';
export { cosignedAt } from './witness/cosignature';
