import { ConfigError, type LogRecord, type Processor } from '@metaexpert/logger-core';
import { ComplianceError } from '../errors';
import { MASK } from '../redaction/action';
import { checkRedactionOptions } from '../redaction/check-options';
import { type PathOption, type KeyOption } from '../redaction/redact-options';
import { Redactor } from '../redaction/redactor';
import { type SubjectVault } from './subject-vault';

export interface EncryptSubjectOptions {
  vault: SubjectVault;
  /** The field that says whose the record is, or a function that tells. */
  subject: string | ((record: LogRecord) => string | undefined);
  /** Fields to encrypt, as in a redaction. */
  paths?: readonly PathOption['path'][];
  keys?: readonly KeyOption['key'][];
}

/**
 * Makes a processor that encrypts fields for the subject of the record. Without a subject, or when its key has been
 * destroyed, they are masked.
 *
 * @throws ConfigError for a path or key that is none
 */
export function encryptSubject({ vault, subject, paths, keys }: EncryptSubjectOptions): Processor {
  const given = { paths: paths ?? [], keys: keys ?? [] };
  const issues = checkRedactionOptions(given);
  if (issues.length > 0) throw new ConfigError(issues);
  let current: string | undefined;
  const pseudonymize = (_rule: string, text: string): string =>
    current === undefined ? MASK : encryptOrMask(vault, current, text);
  const redactor = new Redactor({ ...given, action: 'pseudonym', pseudonymize });
  return (record) => {
    const id = typeof subject === 'function' ? subject(record) : record.fields[subject];
    current = typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
    return redactor.record(record);
  };
}

function encryptOrMask(vault: SubjectVault, subject: string, text: string): string {
  try {
    return vault.encrypt(subject, text);
  } catch (thrown) {
    if (thrown instanceof ComplianceError && thrown.code === 'MXL_SUBJECT_ERASED') return MASK;
    throw thrown;
  }
}
