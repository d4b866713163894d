import { type Formatter, type LoggerOptions } from '@metaexpert/logger-core';
import { toRecord } from './to-record';

/** A winston format, as `winston.createLogger({ format })` and `winston.format.combine()` take it. */
export type WinstonFormat = NonNullable<LoggerOptions['format']>;

/** Options of a format made of a formatter. */
export interface ToFormatOptions {
  /** What the record's `logger` is, unless an info has a `logger` or `label` of its own. @default 'app' */
  logger?: string;
}

/** Where winston's transports look for the text (triple-beam). */
const MESSAGE = Symbol.for('message');

/**
 * A winston format of a formatter: the last in a `combine`, it sets `info[Symbol.for('message')]`, the text that transports
 * write. winston masks nothing: secrets in an info are in the text.
 *
 * @example
 * winston.createLogger({ format: toFormat(logfmt), transports: [new winston.transports.Console()] });
 */
export function toFormat(formatter: Formatter, { logger = 'app' }: ToFormatOptions = {}): WinstonFormat {
  return {
    transform(info) {
      (info as Record<symbol, unknown>)[MESSAGE] = formatter(toRecord(info, logger));
      return info;
    },
  };
}
