import { ConfigError, type LogRecord } from '@metaexpert/logger-core';
import { fineTime, type FineTime } from './fine-time';
import { createZoneOffset } from './zone-offset';

/**
 * How a time is written: RFC 3339 with so many digits of the second, in a zone; or the time since 1970 in a unit.
 * More than three digits come from one clock that never runs back in a process; what they mean is said at `fineTime`:
 * records are stamped by a clock of one millisecond, so the digits below it order records and measure nothing.
 */
export interface TimestampOptions {
  /** @default 3 */
  digits?: 3 | 6 | 9;
  /** An IANA name, or `local`. @default 'UTC' */
  zone?: string;
  /** `s` has a fraction of three digits, or of `digits`; the others are whole. With it `zone` means nothing. */
  epoch?: 's' | 'ms' | 'us' | 'ns';
}

/** JSON Schema of {@link TimestampOptions}. */
export const TIMESTAMP_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: { digits: { enum: [3, 6, 9] }, zone: { type: 'string' }, epoch: { enum: ['s', 'ms', 'us', 'ns'] } },
} as const;

/** The same for a format whose times are RFC 3339 and nothing else. */
export const RFC3339_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: { digits: { enum: [3, 6, 9] }, zone: { type: 'string' } },
} as const;

/** The years 1 to 9998: what RFC 3339 can write in every zone. */
const [MIN_MS, MAX_MS] = [Date.parse('0001-01-01'), Date.parse('9999-01-01')];

/** Whether a record's time is one; a record made by hand may say anything. */
export function isUsableTime(ms: number): boolean {
  return ms > MIN_MS && ms < MAX_MS;
}

/** Whether the options ask for what a record's `timestamp` is. */
export function isPlainTimestamp({ digits = 3, zone = 'UTC', epoch }: TimestampOptions = {}): boolean {
  return digits === 3 && zone === 'UTC' && epoch === undefined;
}

/**
 * Makes the function that writes a record's time.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, when there is no such zone or number of digits
 */
export function createTimestamp(options: TimestampOptions = {}): (record: LogRecord) => string {
  const { digits = 3, zone = 'UTC', epoch } = options;
  if (![3, 6, 9].includes(digits)) {
    throw new ConfigError([{ path: 'timestamp.digits', message: `${String(digits)} is not one of 3, 6, 9` }]);
  }
  if (epoch !== undefined) return guarded(createEpoch(epoch, digits), () => '0');
  if (zone !== 'UTC') return guarded(createZoned(digits, createZoneOffset(zone)));
  return isPlainTimestamp(options)
    ? ({ timestamp }) => timestamp
    : guarded((record) => fineText(fineTime(record), 0, digits, 'Z'));
}

/** As JSON: an epoch that a double holds is a number, everything else a string. */
export function createJsonTimestamp(options: TimestampOptions = {}): (record: LogRecord) => string {
  const timestamp = createTimestamp(options);
  const { epoch, digits = 3 } = options;
  const exact = epoch === 'ms' || epoch === 'us' || (epoch === 's' && digits < 9);
  return exact ? timestamp : (record) => `"${timestamp(record)}"`;
}

/** A time that is no time at all must not throw at whoever logs: the record's own text stands in. */
function guarded(
  write: (record: LogRecord) => string,
  otherwise: (record: LogRecord) => string = ({ timestamp }) => timestamp,
): (record: LogRecord) => string {
  return (record) => (isUsableTime(record.time) ? write(record) : otherwise(record));
}

function createZoned(digits: number, offsetAt: (ms: number) => number): (record: LogRecord) => string {
  return (record) => {
    const time = digits === 3 ? { ms: Math.floor(record.time), nanos: 0 } : fineTime(record);
    const minutes = offsetAt(time.ms);
    return fineText(time, minutes, digits, offsetText(minutes));
  };
}

function fineText({ ms, nanos }: FineTime, offsetMinutes: number, digits: number, end: string): string {
  const text = new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, -1);
  return (
    text +
    String(nanos)
      .padStart(6, '0')
      .slice(0, digits - 3) +
    end
  );
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0')) as [
    string,
    string,
  ];
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

function createEpoch(unit: NonNullable<TimestampOptions['epoch']>, digits: number): (record: LogRecord) => string {
  if (unit === 'ms') return ({ time }) => String(Math.floor(time));
  if (unit === 's' && digits === 3) return ({ time }) => (Math.floor(time) / 1000).toFixed(3);
  return (record) => {
    const { ms, nanos } = fineTime(record);
    const total = BigInt(ms) * 1_000_000n + BigInt(nanos);
    if (unit === 'ns') return total.toString();
    if (unit === 'us') return (total / 1000n).toString();
    const text = (total < 0n ? -total : total).toString().padStart(10, '0');
    return `${total < 0n ? '-' : ''}${text.slice(0, -9)}.${text.slice(-9).slice(0, digits)}`;
  };
}
