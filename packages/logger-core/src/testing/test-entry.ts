import { encodeRecord } from '../record/encode-record';
import { type LogRecord } from '../record/log-record';
import { type Entry } from '../transport/transport';

/** A record for tests, whole; what is given replaces the defaults. */
export function testRecord(overrides: Partial<LogRecord> = {}): LogRecord {
  return {
    timestamp: '2026-11-21T08:00:00.123Z',
    time: Date.parse('2026-11-21T08:00:00.123Z'),
    level: 'info',
    logger: 'test',
    message: 'order placed',
    category: 'general',
    fields: {},
    seq: 1,
    id: 'TEST-1',
    ...overrides,
  };
}

/** An entry for tests: the JSON line of {@link testRecord}. */
export function testEntry(overrides: Partial<LogRecord> = {}): Entry {
  const record = testRecord(overrides);
  return { payload: encodeRecord(record), record };
}
