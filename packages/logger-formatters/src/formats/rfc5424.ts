import { ConfigError, definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { visible } from '../escape/visible';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { createTimestamp, RFC3339_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { createStructuredData, type StructuredDataOptions } from './record-structured-data';
import { createHeaderField, FACILITIES, facilityNumber, priority, type SyslogHeaderOptions } from './syslog-header';

/** Options of an RFC 5424 formatter. */
export interface Rfc5424Options extends FieldChoice, SyslogHeaderOptions, StructuredDataOptions {
  /** @default the record's category */
  msgId?: string;
  /** The byte order mark before the message (section 6.4): always, never, or where something beyond ASCII asks for it. @default 'auto' */
  bom?: boolean | 'auto';
  /** At most six digits (section 6.2.3). */
  timestamp?: { digits?: 3 | 6; zone?: string };
}

type HeaderField = ReturnType<typeof createHeaderField>;
type HeaderFields = [host: HeaderField, app: HeaderField, process: HeaderField, id: HeaderField];

const NON_ASCII = /[^\u0000-\u007f]/;
const BOM = '\ufeff';

/**
 * Makes a formatter of RFC 5424 messages, without framing. PRI is facility times eight and the level's severity; APP-NAME
 * the logger, PROCID the pid, MSGID the category; the structured data hold `timeQuality` (section 7.1), `meta` with the
 * sequence number (7.3), an element of our own with id, context and fields, and each field called `name@enterprise` as an
 * element of its own. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a facility, enterprise number, zone or number of digits that is none
 */
export function createRfc5424(options: Rfc5424Options = {}): Formatter {
  const { facility = 'user', appName, hostname, procId, msgId, bom = 'auto', timestamp = {} } = options;
  if (timestamp.digits !== undefined && ![3, 6].includes(timestamp.digits)) {
    throw new ConfigError([{ path: 'timestamp.digits', message: 'RFC 5424 allows 3 or 6 (section 6.2.3)' }]);
  }
  const time = createTimestamp({
    digits: timestamp.digits ?? 3,
    zone: timestamp.zone ?? 'UTC',
  } satisfies TimestampOptions);
  const facilityCode = facilityNumber(facility);
  const structuredData = createStructuredData(options, appName);
  const [host, app, process, id] = [255, 48, 128, 32].map(createHeaderField) as HeaderFields;
  return createFormatter(options, (record: LogRecord) => {
    const header =
      `${priority(facilityCode, record)}1 ${time(record)} ${host(hostname ?? record.host)} ${app(appName ?? record.logger)} ` +
      `${process(procId ?? record.pid)} ${id(msgId ?? record.category)} ${structuredData(record)}`;
    const message = visible(record.message);
    if (message === '') return header;
    const marked = bom === true || (bom === 'auto' && NON_ASCII.test(message));
    return `${header} ${marked ? BOM : ''}${message}`;
  });
}

/** The RFC 5424 formatter with its defaults. */
export const rfc5424: Formatter = createRfc5424();

const text = { type: 'string' } as const;

const TIME_QUALITY_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ...{ tzKnown: { type: 'boolean' }, isSynced: { type: 'boolean' } },
    syncAccuracyUs: { type: 'number', minimum: 0 },
  },
} as const;

/** What `format: 'rfc5424'` in plain configuration means. */
export const rfc5424Plugin = definePlugin({
  kind: 'formatter',
  type: 'rfc5424',
  schema: {
    ...FIELD_CHOICE_SCHEMA,
    timestamp: RFC3339_SCHEMA,
    facility: { enum: [...FACILITIES, ...FACILITIES.keys()] },
    ...{ appName: text, hostname: text, procId: text, msgId: text },
    ...{
      enterprise: text,
      timeQuality: { anyOf: [{ const: false }, TIME_QUALITY_SCHEMA] },
      bom: { enum: [true, false, 'auto'] },
    },
  },
  create: (options: Rfc5424Options) => createRfc5424(options),
});
