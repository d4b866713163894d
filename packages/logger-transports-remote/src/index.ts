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
export { alerts, alertsPlugin } from './alerts/alerts';
export { type AlertsOptions } from './alerts/alerts-options';
export { type AlertCondition, type AlertRule } from './alerts/alert-rule';
export { type QuietHours } from './alerts/quiet-hours';
export {
  type ChannelLimits,
  type ChannelOptions,
  discord,
  type DiscordOptions,
  email,
  type EmailOptions,
  slack,
  type SlackOptions,
  telegram,
  type TelegramOptions,
  webhook,
  type WebhookOptions,
} from './alerts/channel-options';
