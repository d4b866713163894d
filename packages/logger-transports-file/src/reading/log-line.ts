import { type Level } from '@metaexpert/logger-core';

/** A record as it stands in a file: one JSON object (DESIGN section 5), or that of another logger. */
export interface StoredRecord {
  readonly timestamp?: string;
  readonly level?: Level;
  readonly logger?: string;
  readonly message?: string;
  readonly category?: string;
  readonly seq?: number;
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** One line of a log, and where it stands. */
export class LogLine {
  /** Without its line break. */
  readonly text: string;
  /** Milliseconds since 1970; a line without a time has that of the line before it, `-Infinity` when there is none. */
  readonly timeMs: number;
  /** The file. */
  readonly path: string;
  /** Where the line begins in it, in bytes; in what a compressed or encrypted file holds. */
  readonly offset: number;
  #record: StoredRecord | undefined;
  #parsed = false;

  constructor(text: string, timeMs: number, path: string, offset: number) {
    this.text = text;
    this.timeMs = timeMs;
    this.path = path;
    this.offset = offset;
  }

  /** The line as a record; undefined when it is none: a torn line, a text. */
  get record(): StoredRecord | undefined {
    if (!this.#parsed) this.#record = parse(this.text);
    this.#parsed = true;
    return this.#record;
  }
}

function parse(text: string): StoredRecord | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as StoredRecord;
  } catch {
    return undefined;
  }
}
