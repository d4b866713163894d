import { type LogRecord } from '../record/log-record';

/** Text of a record, without a line ending. Called once per record and formatter, however many destinations use it. */
export type Formatter = (record: LogRecord) => string;
