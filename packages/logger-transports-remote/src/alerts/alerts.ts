import { type ConfigIssue, definePlugin, type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { ALERTS_SCHEMA } from './alerts-schema';
import { AlertTransport } from './alert-transport';
import { type AlertsOptions } from './alerts-options';
import { checkEach } from '../plugin/check-each';

/** What `type: 'alerts'` in plain configuration means. */
export const alertsPlugin = definePlugin<AlertsOptions>({
  kind: 'transport',
  type: 'alerts',
  schema: ALERTS_SCHEMA,
  check: checkEach(checkAlerts),
  create: (options, { diagnostics }) => new AlertTransport(options, diagnostics),
});

/**
 * A destination that tells people: rules decide what is worth it, channels bring it to them.
 *
 * @example
 * createLogger({
 *   destinations: [
 *     alerts({
 *       channels: { phone: telegram({ token: '110:AAE', chatId: -100123 }) },
 *       rules: [{ name: 'errors', when: { minLevel: 'error' }, to: ['phone'] }],
 *     }),
 *   ],
 * });
 */
export function alerts(options: AlertsOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'alerts' }, alertsPlugin);
}

function checkAlerts({ channels, rules, quietHours }: AlertsOptions): ConfigIssue[] {
  const names = Object.keys(channels);
  const issues = rules.flatMap(({ to, escalate }, index) => {
    const unknown = [...to, ...(escalate?.to ?? [])].filter((name) => !names.includes(name));
    return unknown.map((name) => ({
      path: `rules[${index}].to`,
      message: `'${name}' is not one of the channels: ${names.join(', ') || 'there are none'}`,
    }));
  });
  const ruleNames = rules.map(({ name }) => name);
  ruleNames.forEach((name, index) => {
    if (ruleNames.indexOf(name) < index) issues.push({ path: `rules[${index}].name`, message: `'${name}' is the name of another rule` }); // prettier-ignore
  });
  for (const [name, channel] of Object.entries(channels)) {
    const url = channel.type === 'email' ? channel.smtp : channel.type === 'telegram' ? channel.apiUrl : channel.url;
    const wanted = channel.type === 'email' ? /^smtps?:$/ : /^https?:$/;
    if (url === undefined) continue;
    if (!wanted.test(schemeOf(url))) {
      issues.push({ path: `channels.${name}`, message: `its address is not one of ${channel.type === 'email' ? 'smtp://, smtps://' : 'https://, http://'}` }); // prettier-ignore
    } else if (new URL(url).port === '0') {
      issues.push({ path: `channels.${name}`, message: 'its address names port 0, where nobody can listen' });
    }
  }
  if (quietHours?.timeZone !== undefined && !isTimeZone(quietHours.timeZone)) {
    issues.push({ path: 'quietHours.timeZone', message: `'${quietHours.timeZone}' is not a time zone` });
  }
  return issues;
}

function schemeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
