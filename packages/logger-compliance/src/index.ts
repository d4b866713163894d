export { ComplianceError, type ComplianceErrorCode, COMPLIANCE_ERROR_CODES } from './errors';
