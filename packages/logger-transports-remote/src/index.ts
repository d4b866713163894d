export { RemoteError, type RemoteErrorCode, REMOTE_ERROR_CODES } from './errors';
export { spoolPlugin } from './spool/spool-plugin';
export {
  failover,
  type FailoverOptions,
  failoverPlugin,
  fanOut,
  type FanOutOptions,
  fanOutPlugin,
  type GroupOptions,
} from './groups/groups';
