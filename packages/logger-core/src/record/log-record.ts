import { type MESSAGE } from 'triple-beam';
import { type Level } from '../level';

/** What a record is about. */
export type Category = 'general' | 'trade' | 'error' | 'performance' | 'audit';

export const CATEGORIES: readonly Category[] = ['general', 'trade', 'error', 'performance', 'audit'];

/** Key/value pairs of a record. Values may be anything; see DESIGN section 5 for what becomes of them. */
export type Fields = Record<string, unknown>;

/** An error as it stands in a record. */
export interface ErrorRecord {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: unknown;
  readonly [key: string]: unknown;
}

/** One log event: a readonly snapshot, safe to keep for as long as needed. */
export interface LogRecord {
  /** RFC 3339, UTC, milliseconds. */
  readonly timestamp: string;
  /** The same instant in milliseconds since 1970. */
  readonly time: number;
  /** RFC 3339; only when the logger's clock is simulated. */
  readonly simulatedTime?: string;
  readonly level: Level;
  /** Name of the logger. */
  readonly logger: string;
  readonly message: string;
  readonly category: Category;
  /** The user's fields and the context's, masked, as plain JSON values. */
  readonly fields: Readonly<Fields>;
  readonly error?: ErrorRecord;
  readonly traceId?: string;
  readonly spanId?: string;
  /** `file:line function` of the call, when `source` is on. */
  readonly source?: string;
  /** The record was over 1 MiB and has been cut where it was longest: by at least so many bytes. */
  readonly truncated?: number;
  /** Why the destination's own formatter could not show the record, which is therefore JSON. */
  readonly formatError?: string;
  readonly pid?: number;
  readonly thread?: number;
  readonly host?: string;
  /** Counts per logger instance without gaps; absent on a destination's own notices. */
  readonly seq?: number;
  /** Unique over hosts and restarts, sortable by time of the instance, then by `seq`. */
  readonly id: string;
  /** The text that a winston format made of the record, when one is in use. */
  readonly [MESSAGE]?: string;
}
