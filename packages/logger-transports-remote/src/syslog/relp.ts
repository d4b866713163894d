import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { RelpTransport } from './relp-transport';
import { messageOptions, SYSLOG_SCHEMA, type SyslogCommonOptions } from './syslog';
import { syslogMessage } from './syslog-message';

/** Options of a `relp` destination. */
export type RelpOptions = SyslogCommonOptions;

/** What `type: 'relp'` in plain configuration means. */
export const relpPlugin = defineRemote<RelpOptions>({
  type: 'relp',
  schemes: { relp: { wire: 'tcp', port: 2514 }, relps: { wire: 'tls', port: 2514 } },
  schema: SYSLOG_SCHEMA,
  create: (options, { dialer }) => {
    const message = messageOptions(options);
    return new RelpTransport(dialer, (entry) => syslogMessage(entry, message));
  },
});

/**
 * Sends syslog messages that the server acknowledges, so that none is lost with a connection.
 *
 * @example
 * createLogger({ destinations: [relp({ url: 'relps://logs.example.com', delivery: 'audit' })] });
 */
export function relp(options: RelpOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'relp' }, relpPlugin);
}
