import { ConfigError, type Fields, type LogRecord } from '@metaexpert/logger-core';
import { ownValue } from '../record/own-keys';
import { isSdElement, isSdName, sdElement, sdParam } from './structured-data';

/** What is known of the clock (RFC 5424, section 7.1). */
export interface TimeQuality {
  /** Whether the time zone is known for sure. @default true */
  tzKnown?: boolean;
  /** Whether the clock is synchronised with a reliable source; nobody here can know. @default false */
  isSynced?: boolean;
  /** By how many microseconds the clock may be off at most; only with `isSynced`. */
  syncAccuracyUs?: number;
}

/** Options of the structured data. */
export interface StructuredDataOptions {
  /**
   * The private enterprise number (IANA) of the element with our fields, `meta@<enterprise>`. 32473 is the one that
   * RFC 5612 sets apart for documentation: an organisation puts its own.
   *
   * @default '32473'
   */
  enterprise?: string;
  /** False leaves the element out. */
  timeQuality?: TimeQuality | false;
}

const CONTEXT_KEYS = ['simulatedTime', 'traceId', 'spanId', 'source', 'truncated', 'thread', 'id'] as const;
const RESERVED: ReadonlySet<string> = new Set([...CONTEXT_KEYS, 'logger', 'error', 'fields']);
/** Section 7.3.1: after it the count starts again at 1. */
const MAX_SEQUENCE = 2_147_483_647;

/** Makes the function that writes a record's STRUCTURED-DATA. A name that no SD-NAME can be goes into `fields`, as JSON. */
export function createStructuredData(
  { enterprise = '32473', timeQuality = {} }: StructuredDataOptions,
  appName: string | undefined,
): (record: LogRecord) => string {
  if (!/^\d+(?:\.\d+)*$/.test(enterprise) || enterprise.length > 27) {
    throw new ConfigError([{ path: 'enterprise', message: `'${enterprise}' is not a private enterprise number` }]);
  }
  const quality = timeQuality === false ? '' : sdElement('timeQuality', qualityParams(timeQuality));
  const own = `meta@${enterprise}`;
  return (record) => {
    const { seq } = record;
    const meta = seq === undefined || seq < 1 ? '' : `[meta sequenceId="${((seq - 1) % MAX_SEQUENCE) + 1}"]`;
    const { params, elements } = fieldData(record.fields, own);
    const all = quality + meta + sdElement(own, contextParams(record, appName) + params) + elements;
    return all === '' ? '-' : all;
  };
}

function qualityParams({ tzKnown = true, isSynced = false, syncAccuracyUs }: TimeQuality): string {
  const flag = (value: boolean): string => (value ? '1' : '0');
  const params = sdParam('tzKnown', flag(tzKnown)) + sdParam('isSynced', flag(isSynced));
  // Section 7.1.3: not with a clock that is not synchronised.
  return isSynced && syncAccuracyUs !== undefined ? params + sdParam('syncAccuracy', syncAccuracyUs) : params;
}

function contextParams(record: LogRecord, appName: string | undefined): string {
  const { logger, error } = record;
  // APP-NAME has the logger's name, unless it had to be changed.
  const told = appName === undefined && /^[!-~]{0,48}$/.test(logger);
  let params = told || logger === '' ? '' : sdParam('logger', logger);
  for (const key of CONTEXT_KEYS) {
    const value = ownValue(record, key);
    if (value !== undefined) params += sdParam(key, value);
  }
  return error === undefined ? params : params + sdParam('error', error);
}

function fieldData(fields: Readonly<Fields>, own: string): { params: string; elements: string } {
  let params = '';
  let elements = '';
  let rest: Fields | undefined;
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    // Section 6.3.2: the same SD-ID must not come twice.
    if (key !== own && isSdElement(key, value)) {
      let inner = '';
      for (const name of Object.keys(value)) inner += sdParam(name, value[name]);
      elements += `[${key}${inner}]`;
    } else if (isSdName(key) && !RESERVED.has(key)) {
      params += sdParam(key, value);
    } else {
      rest ??= Object.create(null) as Fields;
      rest[key] = value;
    }
  }
  if (rest !== undefined) params += sdParam('fields', rest);
  return { params, elements };
}
