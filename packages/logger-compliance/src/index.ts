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
