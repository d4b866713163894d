import { type Logger as WinstonLogger } from 'winston';
import { type LoggerOptions, type Preset } from '../config/logger-options';
import { type ExplainedValue } from '../config/layers';
import { type DestinationHealth } from '../destination/health';
import { type Receipt } from '../destination/receipt';
import { type FailureListener } from '../failure-channel';
import { type Level } from '../level';
import { type Category, type Fields } from '../record/log-record';
import { type LoggerEvent } from './logger-event';

export interface TimeOptions {
  /** From this duration on the record is a warning. */
  thresholdMs?: number;
  fields?: Fields;
}

type OwnMembers = Level | 'warn' | 'fatal' | 'log' | 'child' | 'close' | 'configure' | 'level' | 'on' | 'once' | 'off';

/** A logger: winston's, with everything that DESIGN 4.1 adds. */
export interface Logger<F extends object = Fields> extends Omit<WinstonLogger, OwnMembers> {
  readonly name: string;
  /** Of this logger's name; setting it is `setLevel(level)`. */
  level: string;
  critical: LevelMethod<F>;
  fatal: LevelMethod<F>;
  error: LevelMethod<F>;
  warning: LevelMethod<F>;
  warn: LevelMethod<F>;
  trade: LevelMethod<F>;
  info: LevelMethod<F>;
  debug: LevelMethod<F>;
  /** At level `info`, category `performance`. */
  performance: LevelMethod<F>;
  log(level: string, message: unknown, ...values: unknown[]): Logger<F>;
  log(info: { level: string; message: unknown } & Record<string, unknown>): Logger<F>;
  /** A logger that adds these fields to each of its records; shares everything else. */
  child(fields: object): Logger<F>;
  /** The same as {@link child}. */
  bind(fields: object): Logger<F>;
  /** A logger without these bound fields; without any, when none is named. Its parent keeps them. */
  unbind(...keys: readonly (string | readonly string[])[]): Logger<F>;
  /** A logger of another name, with the levels of that name; shares everything else. */
  named(name: string): Logger<F>;
  /**
   * Runs the operation and records its duration (category `performance`); at level `warning` from `thresholdMs` on,
   * at level `error` when it throws, which it still does.
   */
  time<T>(operation: string, run: () => T | Promise<T>, options?: TimeOptions): Promise<T>;
  /**
   * Resolves when every `audit` destination has the record durably (where there is none: every destination that
   * takes it).
   *
   * @throws LoggerError `MXL_AUDIT_FAILED` otherwise
   */
  audit(message: string, fields?: CallFields<F>): Promise<void>;
  /** Changes a level at run time, for all loggers or for one name and its dotted children. */
  setLevel(level: string, loggerName?: string): void;
  /**
   * Applies a whole new configuration; nothing queued is lost. Resolves when the old destinations are closed.
   *
   * @throws ConfigError at once, and the old configuration goes on
   */
  reconfigure(options: LoggerOptions | Preset): Promise<Receipt>;
  health(): DestinationHealth[];
  /** Where each value of the configuration came from. */
  explainConfig(): readonly ExplainedValue[];
  flush(options?: { timeoutMs?: number }): Promise<Receipt>;
  /**
   * Flushes and closes for good; later records are dropped and counted. What it gives is the promise alone: winston's
   * type is there so that this logger can be given to whatever wants a `winston.Logger`.
   */
  close(options?: { timeoutMs?: number }): Promise<Receipt> & WinstonLogger;
  /** winston's: its `format`, `level`, `transports`, `silent`. */
  configure(options: object): void;
  on(event: 'failure', listener: FailureListener): this;
  on(event: LoggerEvent, listener: (...args: never[]) => void): this;
  once(event: 'failure', listener: FailureListener): this;
  once(event: LoggerEvent, listener: (...args: never[]) => void): this;
  off(event: LoggerEvent, listener: (...args: never[]) => void): this;
}

/** Fields that mean something to the record itself, beside those of the program's own. */
export interface RecordMarks {
  category?: Category;
  error?: unknown;
  traceId?: string;
  spanId?: string;
}

/** Whether a program has named its fields, or takes any. */
type IsOpen<F> = string extends keyof F ? true : false;

/** What a call takes for fields: any, or the program's own and the record's marks. */
export type CallFields<F extends object> = IsOpen<F> extends true ? F : F & RecordMarks;

/** An Error, or what a `catch` gives, whose type says nothing; not fields that slipped into its place. */
type Thrown<E> = E & (unknown extends E ? unknown : Error);

/** How a level method is called; it returns the logger. Never throws, never waits. */
export type LevelMethod<F extends object = Fields> = IsOpen<F> extends true ? OpenLevelMethod<F> : TypedLevelMethod<F>;

interface OpenLevelMethod<F extends object> {
  (message: string, fields?: F): Logger<F>;
  (message: string, error: unknown, fields?: F): Logger<F>;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- two ways to call it, each to be read by itself
  (error: Error, fields?: F): Logger<F>;
  (info: { message: unknown } & Record<string, unknown>): Logger<F>;
  (message: unknown, ...values: unknown[]): Logger<F>;
}

interface TypedLevelMethod<F extends object> {
  (message: string, fields?: CallFields<F>): Logger<F>;
  <E>(message: string, error: Thrown<E>, fields?: CallFields<F>): Logger<F>;
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- two ways to call it, each to be read by itself
  (error: Error, fields?: CallFields<F>): Logger<F>;
  // winston's form: its type says no more of an info object.
  (info: object): Logger<F>;
}
