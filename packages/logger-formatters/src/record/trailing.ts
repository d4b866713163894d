import { type LogRecord } from '@metaexpert/logger-core';
import { type TRAILING_KEYS } from './own-keys';

/** Writes one of the keys that follow the fields. */
type WriteMember = (key: (typeof TRAILING_KEYS)[number], value: string | number) => string;

/**
 * Makes the function that writes what follows the fields in the flat formats, in the order of {@link TRAILING_KEYS}; what is
 * absent is left out. Process, thread and host are those of the record before, mostly: their text is kept.
 */
export function createTrailing(write: WriteMember): (record: LogRecord) => string {
  const whence = createWhence(write);
  // Each key by its own name and not in a loop: V8 finds it at once then, also when it is absent.
  return (record) => {
    const { simulatedTime, traceId, spanId, source, truncated, seq, id } = record;
    let text = '';
    if (simulatedTime !== undefined) text += write('simulatedTime', simulatedTime);
    if (traceId !== undefined && traceId !== '') text += write('traceId', traceId);
    if (spanId !== undefined && spanId !== '') text += write('spanId', spanId);
    if (source !== undefined && source !== '') text += write('source', source);
    if (truncated !== undefined) text += write('truncated', truncated);
    text += whence(record);
    if (seq !== undefined) text += write('seq', seq);
    return id === '' ? text : text + write('id', id);
  };
}

function createWhence(write: WriteMember): (record: LogRecord) => string {
  let last: Pick<LogRecord, 'pid' | 'thread' | 'host'> = {};
  let text = '';
  return ({ pid, thread, host }) => {
    if (pid !== last.pid || thread !== last.thread || host !== last.host) {
      text = pid === undefined ? '' : write('pid', pid);
      if (thread !== undefined) text += write('thread', thread);
      if (host !== undefined && host !== '') text += write('host', host);
      last = {
        ...(pid !== undefined && { pid }),
        ...(thread !== undefined && { thread }),
        ...(host !== undefined && { host }),
      };
    }
    return text;
  };
}
