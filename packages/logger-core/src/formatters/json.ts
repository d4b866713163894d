import { encodeRecord } from '../record/encode-record';
import { type LogRecord } from '../record/log-record';

/**
 * The JSON record of DESIGN section 5: one line. The dispatcher knows this formatter: the snapshot is this text
 * already, so for records that come from a logger nothing is computed here.
 */
export function json(record: LogRecord): string {
  return encodeRecord(record);
}
