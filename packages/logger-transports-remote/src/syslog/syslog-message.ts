import { type Entry, SEVERITIES } from '@metaexpert/logger-core';
import { hostname } from 'node:os';

/** RFC 5424, section 6.2.1, table 1: the index is the code. */
export const FACILITIES = [
  'kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'security',
  'console', 'solaris-cron', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7',
] as const; // prettier-ignore

export type Facility = (typeof FACILITIES)[number];

export type SyslogProtocol = 'rfc5424' | 'rfc3164';

export interface SyslogMessageOptions {
  readonly protocol: SyslogProtocol;
  readonly facility: Facility;
  /** @default the name of the record's logger */
  readonly appName: string | undefined;
}

/** A message that has its head already, as `format: 'rfc5424'` makes it. */
const HAS_HEAD = /^<\d{1,3}>/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const HOST = hostname();

/** The entry as a syslog message: its payload, with a head in front unless the formatter wrote one. */
export function syslogMessage({ payload, record }: Entry, options: SyslogMessageOptions): string {
  if (HAS_HEAD.test(payload)) return payload;
  const priority = FACILITIES.indexOf(options.facility) * 8 + SEVERITIES[record.level];
  const host = word(record.host ?? HOST, 255);
  const pid = String(record.pid ?? process.pid);
  if (options.protocol === 'rfc5424') {
    // RFC 5424, section 6: PRI VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
    const app = word(options.appName ?? record.logger, 48);
    return `<${priority}>1 ${record.timestamp} ${host} ${app} ${pid} ${word(record.category, 32)} - ${payload}`;
  }
  // RFC 3164, section 4.1: local time, no year; a tag of at most 32 letters and digits.
  const at = new Date(record.time);
  const day = String(at.getDate()).padStart(2, ' ');
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  const tag = word(options.appName ?? record.logger, 32).replace(/[^A-Za-z0-9._-]/g, '_');
  return `<${priority}>${MONTHS[at.getMonth()] ?? ''} ${day} ${time} ${host} ${tag}[${pid}]: ${payload}`;
}

/** Printable US-ASCII without spaces (RFC 5424, section 6: PRINTUSASCII), `-` for nothing. */
function word(text: string, maxLength: number): string {
  return text.replace(/[^!-~]/g, '_').slice(0, maxLength) || '-';
}
