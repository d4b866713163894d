import { definePlugin, type ErrorRecord, fieldsText, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { createTrailing } from '../record/trailing';
import { createJsonTimestamp, TIMESTAMP_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { errorCauses, errorDetails, innerErrors, isErrorRecord } from './error-causes';
import { stackFrames } from './stack-frames';

/** Options of an error formatter. */
export interface ErrorOptions extends FieldChoice {
  timestamp?: TimestampOptions;
}

/**
 * Makes a formatter for what went wrong: one JSON object a record with `time`, `level`, `logger`, `message`, `error`, `causes`
 * (the whole chain as a list, nearest first) and `fields`. An error there is `name`, `message`, `code`, `frames` (the stack,
 * a frame each), `details` (its own properties) and, for an aggregate, `errors`. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a zone that is none
 */
export function createError({ timestamp, ...choice }: ErrorOptions = {}): Formatter {
  const time = createJsonTimestamp(timestamp);
  const trailing = createTrailing((key, value) => `,"${key}":${jsonText(value)}`);
  return createFormatter(choice, (record: LogRecord) => {
    const { level, logger, message, fields, error } = record;
    let line = `{"time":${time(record)},"level":"${level}"`;
    if (logger !== '') line += `,"logger":${jsonString(logger)}`;
    line += `,"message":${jsonString(message)}`;
    if ((record.category as string) !== '') line += `,"category":"${record.category}"`;
    if (error !== undefined) {
      line += `,"error":${jsonText(described(error))}`;
      const causes = errorCauses(error);
      if (causes.length > 0) line += `,"causes":${jsonText(causes.map(describedValue))}`;
    }
    const own = fieldsText(record) ?? jsonText(fields);
    if (own !== '{}') line += `,"fields":${own}`;
    return `${line}${trailing(record)}}`;
  });
}

/** The error formatter with its defaults. */
export const error: Formatter = createError();

/** What `format: 'error'` in plain configuration means. */
export const errorPlugin = definePlugin({
  kind: 'formatter',
  type: 'error',
  schema: { ...FIELD_CHOICE_SCHEMA, timestamp: TIMESTAMP_SCHEMA },
  create: (options: ErrorOptions) => createError(options),
});

/** JSON leaves out what is undefined. */
function described(given: ErrorRecord): object {
  const { name, message, code } = given;
  const { frames } = stackFrames(given);
  const errors = innerErrors(given).map(describedInner);
  return {
    ...{ name, message, code },
    frames: frames.length === 0 ? undefined : frames,
    details: errorDetails(given),
    errors: errors.length === 0 ? undefined : errors,
  };
}

function describedValue(value: unknown): unknown {
  return isErrorRecord(value) ? described(value) : value;
}

/** An error in an aggregate has its causes beside it, for there is one list of causes only at the top. */
function describedInner(value: unknown): unknown {
  if (!isErrorRecord(value)) return value;
  const causes = errorCauses(value).map(describedValue);
  return causes.length === 0 ? described(value) : { ...described(value), causes };
}
