import { definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { visible } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { createTimestamp } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { createHeaderField, FACILITIES, facilityNumber, priority, type SyslogHeaderOptions } from './syslog-header';
import { textPairs } from './text-pairs';

/** Options of an RFC 3164 formatter. */
export interface Rfc3164Options extends FieldChoice, SyslogHeaderOptions {
  /** The old format has no zone in it: the receiver assumes its own. @default 'local' */
  zone?: string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Makes a formatter of BSD syslog messages (RFC 3164), for receivers that know nothing newer: no year, no zone, no structured
 * data. The fields follow the message as in `text`, an error as one of them. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a facility or zone that is none
 */
export function createRfc3164(options: Rfc3164Options = {}): Formatter {
  const { facility = 'user', appName, hostname, procId, zone = 'local' } = options;
  const facilityCode = facilityNumber(facility);
  const time = createTimestamp({ zone });
  const [hostField, tagField, processField] = [createHeaderField(255), createHeaderField(32), createHeaderField(128)];
  return createFormatter(options, (record: LogRecord) => {
    const { host, pid, logger, message, fields, error } = record;
    // Section 5.3: the tag ends at the first character that is not alphanumeric.
    const tag = tagField(appName ?? logger).replace(/[:[\]]/g, '_');
    const process = procId ?? pid;
    const from = process === undefined ? '' : `[${processField(process)}]`;
    const pairs = textPairs(error === undefined ? fields : { ...fields, error });
    const header = `${priority(facilityCode, record)}${bsdTime(time(record))} ${hostField(hostname ?? host)}`;
    return `${header} ${tag}${from}: ${visible(message)}${pairs}`;
  });
}

/** The RFC 3164 formatter with its defaults. */
export const rfc3164: Formatter = createRfc3164();

const text = { type: 'string' } as const;

/** What `format: 'rfc3164'` in plain configuration means. */
export const rfc3164Plugin = definePlugin({
  kind: 'formatter',
  type: 'rfc3164',
  schema: {
    ...FIELD_CHOICE_SCHEMA,
    facility: { enum: [...FACILITIES, ...FACILITIES.keys()] },
    ...{ appName: text, hostname: text, procId: text, zone: text },
  },
  create: (options: Rfc3164Options) => createRfc3164(options),
});

/** `Oct  9 22:14:15` of an RFC 3339 time (section 4.1.2). */
function bsdTime(timestamp: string): string {
  const day = Number(timestamp.slice(8, 10));
  return `${MONTHS[Number(timestamp.slice(5, 7)) - 1] ?? 'Jan'} ${String(day).padStart(2)} ${timestamp.slice(11, 19)}`;
}
