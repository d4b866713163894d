export { RemoteError, type RemoteErrorCode, REMOTE_ERROR_CODES } from './errors';
export { spoolPlugin } from './spool/spool-plugin';
