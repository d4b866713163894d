import { definePlugin, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonText } from '../escape/json-text';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { createFormatter } from './create-formatter';
import { otlpResource, otlpScope, toOtlpRecord } from './otlp-record';

/** Options of an OTLP formatter. */
export interface OtlpOptions extends FieldChoice {
  /** Whether the record stands in a whole export request, as a collector takes it; without, it is the LogRecord alone. @default true */
  envelope?: boolean;
  /** `service.name` of the resource. @default the logger's name up to its first dot */
  serviceName?: string;
}

/**
 * Makes a formatter of OTLP in its JSON mapping (opentelemetry-proto 1, logs): one `ExportLogsServiceRequest` a record, which is
 * what a collector reads from a file and takes as an HTTP body. Called once per record; keeps nothing of it.
 */
export function createOtlp({ envelope = true, serviceName, ...choice }: OtlpOptions = {}): Formatter {
  return createFormatter(choice, (record: LogRecord) => {
    const logRecord = toOtlpRecord(record);
    if (!envelope) return jsonText(logRecord);
    const resource = otlpResource(record, serviceName ?? record.logger.split('.')[0] ?? '');
    const scopeLogs = [{ scope: otlpScope(record), logRecords: [logRecord] }];
    return jsonText({ resourceLogs: [{ resource, scopeLogs }] });
  });
}

/** The OTLP formatter with its defaults. */
export const otlp: Formatter = createOtlp();

/** What `format: 'otlp'` in plain configuration means. */
export const otlpPlugin = definePlugin({
  kind: 'formatter',
  type: 'otlp',
  schema: { ...FIELD_CHOICE_SCHEMA, envelope: { type: 'boolean' }, serviceName: { type: 'string' } },
  create: (options: OtlpOptions) => createOtlp(options),
});
