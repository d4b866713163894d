import { type CommonDestinationOptions } from '@metaexpert/logger-core';
import { type AlertRule } from './alert-rule';
import { type ChannelOptions } from './channel-options';
import { type QuietHours } from './quiet-hours';

/** Options of an alert destination. */
export interface AlertsOptions extends CommonDestinationOptions {
  /** By name; the rules say who is told what. */
  channels: Record<string, ChannelOptions>;
  rules: AlertRule[];
  quietHours?: QuietHours;
}
