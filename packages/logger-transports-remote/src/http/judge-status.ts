import { type WriteResult } from '@metaexpert/logger-core';
import { retryAfterMs } from '../delivery/retry-after';
import { RemoteError, type RemoteErrorCode } from '../errors';
import { type HttpAnswer } from './http-client';

const EXCERPT = 200;

/**
 * Refused because of what the request holds (RFC 9110 section 15.5): the same again would be refused again. All else that
 * is no success is somebody's to mend (credentials, a path, a redirect) or passes by itself, and is tried again.
 */
const CONTENT_STATUSES: ReadonlySet<number> = new Set([
  400, 406, 409, 411, 412, 414, 415, 416, 417, 418, 422, 431, 451,
]);

/** The server says by these that it, not the request, is in trouble: nothing in the batch is to blame. */
const OUTAGE_STATUSES: ReadonlySet<number> = new Set([502, 503, 504, 507, 508, 520, 521, 522, 523, 524, 529]);

/** What an HTTP status means for the batch that was sent. */
export function judgeStatus(answer: HttpAnswer, where: string, nowMs: number): WriteResult {
  const { status } = answer;
  if (status >= 200 && status < 300) return { status: 'delivered' };
  if (status === 413) return { status: 'rejected', error: statusError('MXL_REMOTE_TOO_LARGE', answer, where) };
  if (CONTENT_STATUSES.has(status))
    return { status: 'rejected', error: statusError('MXL_REMOTE_STATUS', answer, where) };
  const afterMs = retryAfterMs(answer.headers['retry-after'], nowMs);
  const after = afterMs === undefined ? {} : { afterMs };
  if (status === 401 || status === 403 || status === 407)
    return { status: 'retry', ...after, error: statusError('MXL_REMOTE_AUTH', answer, where) };
  const failed = status >= 500 && !OUTAGE_STATUSES.has(status) && afterMs === undefined;
  return {
    status: 'retry',
    ...after,
    error: statusError(failed ? 'MXL_REMOTE_SERVER_ERROR' : 'MXL_REMOTE_STATUS', answer, where),
  };
}

function statusError(code: RemoteErrorCode, { status, body }: HttpAnswer, where: string): RemoteError {
  const words = body.replace(/\s+/g, ' ').trim().slice(0, EXCERPT);
  return new RemoteError(code, `${where} answered ${status}${words === '' ? '' : `: ${words}`}`);
}
