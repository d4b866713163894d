import { LEVEL } from 'triple-beam';
import { LoggerError, toError } from '../errors';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { type FormattedCall } from './normalize-call';
import { formatInfo } from './write-info';

/**
 * `log.audit(…)`: a record that is waited for, by way of the logger's winston format if it has one.
 *
 * @throws LoggerError `MXL_AUDIT_FAILED`, also when the format drops the record or throws
 */
export async function callAudit(logger: Internals, message: string, fields: Fields | undefined): Promise<void> {
  const call =
    logger[FORMAT] === undefined
      ? { message, fields, error: undefined, text: undefined }
      : formatted(logger, message, fields);
  await logger[KERNEL].audit(logger[SCOPE], call);
}

function formatted(logger: Internals, message: string, fields: Fields | undefined): FormattedCall {
  const info = Object.assign(mergeFields(fields, { level: 'info', message, category: 'audit' }), { [LEVEL]: 'info' });
  let call: FormattedCall | undefined;
  try {
    call = formatInfo(logger, info);
  } catch (thrown) {
    const error = toError(thrown);
    throw new LoggerError('MXL_AUDIT_FAILED', `the winston format failed: ${error.message}`, error);
  }
  if (call === undefined) throw new LoggerError('MXL_AUDIT_FAILED', 'the winston format dropped the audit record');
  return call;
}
