import { definePlugin, type Formatter } from '@metaexpert/logger-core';
import { FIELD_CHOICE_SCHEMA, type FieldChoice } from '../record/field-choice';
import { createTimestamp, TIMESTAMP_SCHEMA, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { compileTemplate } from './text-template';

/** Options of a text formatter. */
export interface TextOptions extends FieldChoice {
  /**
   * What a line is made of: `{timestamp}`, `{level}` (`{LEVEL}` in capitals), `{logger}`, `{message}`, `{category}`,
   * `{fields}`, `{fields.<name>}`, `{error}`, `{traceId}`, `{spanId}`, `{source}`, `{pid}`, `{thread}`, `{host}`, `{seq}`,
   * `{id}`, `{simulatedTime}`, `{truncated}`. `{level:-8}` fills to a width, `{{` is a brace.
   *
   * @default '{timestamp} {LEVEL} {logger}: {message}{fields}{error}'
   */
  template?: string;
  timestamp?: TimestampOptions;
}

const TEMPLATE = '{timestamp} {LEVEL} {logger}: {message}{fields}{error}';

/**
 * Makes a formatter of plain text by a template. An error follows on lines of its own, indented, with its causes. Control
 * characters are escaped, so that no field can forge a line. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a word that a template does not know, or a zone that is none
 */
export function createText({ template = TEMPLATE, timestamp, ...choice }: TextOptions = {}): Formatter {
  return createFormatter(choice, compileTemplate(template, createTimestamp(timestamp)));
}

/** One line of plain text a record: `2026-11-21T08:00:00.123Z INFO ema-bot: order placed symbol=BTCUSDT`. */
export const text: Formatter = createText();

/** What `format: 'text'` in plain configuration means. */
export const textPlugin = definePlugin({
  kind: 'formatter',
  type: 'text',
  schema: { ...FIELD_CHOICE_SCHEMA, template: { type: 'string' }, timestamp: TIMESTAMP_SCHEMA },
  create: (options: TextOptions) => createText(options),
});
