export { RemoteError, type RemoteErrorCode, REMOTE_ERROR_CODES } from './errors';
