import { type Category, type Fields } from '../record/log-record';
import { type Logger } from './logger';

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
