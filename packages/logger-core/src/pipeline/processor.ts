import { type LogRecord } from '../record/log-record';

/** A record's JSON line as UTF-8 bytes, from `start` to before `end`, in memory that it shares with other lines. */
export interface LineBytes {
  readonly slab: Uint8Array;
  /** Of the whole slab, to read words from. */
  readonly view: DataView;
  readonly start: number;
  readonly end: number;
}

/**
 * Looks at, changes or drops a record: returns it, another in its place, or undefined to drop it. Called once
 * per record, in the order configured, before the destinations; synchronous. When it throws, the record is
 * withheld and reported: a redaction that fails must not let the raw record pass.
 */
export interface Processor {
  (record: LogRecord): LogRecord | undefined;
  /**
   * The same for a processor that works on text: given a record's JSON line, it returns the line to be written in its
   * place, or the very same text. Asked instead of the function wherever the record need not be read back from its line,
   * which costs more than most processors do.
   */
  readonly line?: (line: string) => string;
  /**
   * Whether `line` would return the very same text, told from the line's bytes; false where that is not known. Asked
   * before `line`, for a string of a line costs more than a look at its bytes. They must not be changed, nor kept.
   */
  readonly keeps?: (line: LineBytes) => boolean;
}

/** A processor as plain configuration names it: the `type` of a plugin, and the plugin's own keys. */
export interface ProcessorOptions {
  type: string;
  [own: string]: unknown;
}
