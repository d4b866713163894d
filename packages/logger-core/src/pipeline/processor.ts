import { type LogRecord } from '../record/log-record';

/**
 * Looks at, changes or drops a record: returns it, another in its place, or undefined to drop it. Called once
 * per record, in the order configured, before the destinations; synchronous. When it throws, the record is
 * withheld and reported: a redaction that fails must not let the raw record pass.
 */
export type Processor = (record: LogRecord) => LogRecord | undefined;

/** A processor as plain configuration names it: the `type` of a plugin, and the plugin's own keys. */
export interface ProcessorOptions {
  type: string;
  [own: string]: unknown;
}
