import { type LineDraft } from '../record/line-draft';
import { type LogRecord } from '../record/log-record';

/** Text of a record, without a line ending. Called once per record and formatter, however many destinations use it. */
export interface Formatter {
  (record: LogRecord): string;
  /**
   * Writes the same text from the record's own line, as bytes: for a record that a logger has just made and that has nothing
   * but a message and fields. Then no object is made of the record, and no string of the text, unless somebody asks. It must be one line.
   */
  readonly write?: (draft: LineDraft) => void;
}
