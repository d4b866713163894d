import { type Logform } from 'winston';
import { type Clock } from '../clock';
import { type DestinationSettings } from '../destination/settings';
import { type RateLimitOptions } from '../destination/rate-limit';
import { type Formatter } from '../formatters/formatter';
import { type Level } from '../level';
import { type FilterOptions, type FilterPredicate } from '../pipeline/filter';
import { type Processor, type ProcessorOptions } from '../pipeline/processor';
import { type Plugin } from '../plugin/plugin';
import { type Fields } from '../record/log-record';
import { type RedactOptions } from '../record/mask';

export type Preset = 'development' | 'production' | 'backtesting';

/** What a logger is made of; all of it optional. */
export interface LoggerOptions {
  /** Where the defaults come from. */
  preset?: Preset;
  /** @default the name in the nearest package.json, else 'app' */
  name?: string;
  /** @default 'info' */
  level?: Level | Uppercase<Level>;
  /** Levels by logger name; the longest dotted prefix wins. */
  levels?: Record<string, Level | Uppercase<Level>>;
  /** On every record. `pid`, `thread` or `host` set to false leaves that one out. */
  fields?: Fields;
  /** @default one console */
  destinations?: DestinationOptions[];
  /** In order, before the destinations. */
  processors?: (Processor | ProcessorOptions)[];
  /** What `type` in plain configuration may name. */
  plugins?: readonly Plugin[];
  /** @default the default secret keys are masked */
  redact?: RedactOptions | false;
  /** @default the system's */
  clock?: Clock;
  /** Whether the end of the process is watched: exit, signals, crashes. @default true */
  exitHooks?: boolean;
  /** A winston format, applied before the record is made. */
  format?: Logform.Format;
  /** Whether each record says where it was made (`source`); costs some 60 µs a record. @default false */
  source?: boolean;
  /** Whether the environment and the configuration file are read too. @default true */
  sources?: boolean;
  /** How long the end of the process may wait for the destinations. @default 2000 */
  shutdownTimeoutMs?: number;
}

/** What the plugin that brings the spool takes. */
export interface SpoolOptions {
  /** Folder of its own; made when it is not there. */
  dir: string;
  /** What it may take on the disk; then the oldest records go, and are counted. @default 268435456 */
  maxBytes?: number;
  /** Whether records there survive a power cut, not only the end of the process. @default false */
  fsync?: boolean;
}

/** A formatter of plain configuration: its name, and its own options beside it. */
export interface FormatOptions {
  name: string;
  [own: string]: unknown;
}

/** A destination: what is common to all, and its type's own keys. */
export interface DestinationOptions extends CommonDestinationOptions {
  type: string;
  [own: string]: unknown;
}

/** What every destination may have. */
export interface CommonDestinationOptions {
  /** Unique in its logger. @default the type, numbered when there are several */
  name?: string;
  /** @default true */
  enabled?: boolean;
  /** @default the logger's */
  level?: Level | Uppercase<Level>;
  filter?: FilterOptions | FilterPredicate;
  /** A formatter's name, its name and options, or the function itself. @default 'json' */
  format?: string | FormatOptions | Formatter;
  /** `audit` destinations are awaited by `log.audit()`. @default 'safe' */
  delivery?: 'safe' | 'audit';
  queue?: Partial<DestinationSettings['queue']>;
  batch?: Partial<DestinationSettings['batch']>;
  retry?: Partial<DestinationSettings['retry']>;
  breaker?: Partial<DestinationSettings['breaker']>;
  /** For one write; then its signal aborts and the batch counts as retry. @default 10000 */
  timeoutMs?: number;
  rateLimit?: RateLimitOptions;
  /** A bounded on-disk queue that outlives the process: `{ dir, maxBytes, fsync }`; makes `queue.overflow` `spool`. */
  spool?: SpoolOptions;
}
