import { ConfigError, type LogRecord, nearestWord, SEVERITIES } from '@metaexpert/logger-core';

/** RFC 5424, section 6.2.1, table 1; the names are those of syslog(3), 12 to 15 by what the table calls them. */
export const FACILITIES = [
  'kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp',
  'ntp', 'audit', 'alert', 'clock', 'local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7',
] as const; // prettier-ignore

export type Facility = (typeof FACILITIES)[number];

/** Header fields that do not come from the record; each of `-` is the NILVALUE. */
export interface SyslogHeaderOptions {
  /** By name or number (0 to 23). @default 'user' */
  facility?: Facility | number;
  /** @default the logger's name */
  appName?: string;
  /** @default the record's host */
  hostname?: string;
  /** @default the record's pid */
  procId?: string;
}

/**
 * The number of a facility.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, when there is no such facility
 */
export function facilityNumber(facility: Facility | number): number {
  const number = typeof facility === 'number' ? facility : FACILITIES.indexOf(facility);
  if (Number.isInteger(number) && number >= 0 && number < FACILITIES.length) return number;
  const near = nearestWord(String(facility), FACILITIES);
  const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
  const message = `'${facility}' is not one of ${FACILITIES.join(', ')}, nor a number from 0 to 23${hint}`;
  throw new ConfigError([{ path: 'facility', message }]);
}

/** `<PRI>`: facility times eight and severity (section 6.2.1). */
export function priority(facility: number, { level }: LogRecord): string {
  return `<${facility * 8 + SEVERITIES[level]}>`;
}

const NOT_PRINTABLE = /[^\u0021-\u007e]/g;

/**
 * Makes the function that writes one header field: printable ASCII without blanks, cut to its length; `-` when nothing is
 * left (section 6). It remembers the last text, which is mostly the next one too.
 */
export function createHeaderField(maxChars: number): (value: string | number | undefined) => string {
  let lastValue: string | number | undefined;
  let lastText = '-';
  return (value) => {
    if (value === lastValue) return lastText;
    lastValue = value;
    lastText = value === undefined || value === '' ? '-' : String(value).replace(NOT_PRINTABLE, '_').slice(0, maxChars);
    return lastText;
  };
}
