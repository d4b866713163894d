import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin } from '../plugin/plugin';
import { type LogRecord } from '../record/log-record';

/** A field's name, or what tells the value of a record. */
export type RecordValue = string | ((record: LogRecord) => unknown);

export interface OnChangeOptions {
  key: RecordValue;
  value: RecordValue;
}

/** Keys remembered; beyond it the one that changed longest ago is forgotten. */
const MAX_KEYS = 10_000;

/**
 * Lets a record pass only when its value is another than that of the record before with the same key. Records without
 * such a value always pass.
 *
 * @example
 * onChange('symbol', 'position'); // one record for each change of a symbol's position
 */
export function onChange(key: RecordValue, value: RecordValue): Processor {
  return carriedProcessor(onChangePlugin, { key, value });
}

export const onChangePlugin = definePlugin({
  kind: 'processor',
  type: 'onChange',
  // Functions come from code alone; a text is a field's name.
  schema: { type: 'object', properties: { key: {}, value: {} }, required: ['key', 'value'] },
  create: ({ key, value }: OnChangeOptions): Processor => {
    const last = new Map<string, string>();
    return (record) => {
      const now = textOf(record, value);
      if (now === undefined || record.category === 'audit') return record;
      const name = textOf(record, key) ?? '';
      if (last.get(name) === now) return undefined;
      last.delete(name);
      last.set(name, now);
      if (last.size > MAX_KEYS) last.delete(last.keys().next().value ?? '');
      return record;
    };
  },
});

/** A field is plain JSON, so that its text tells whether it is the same. */
function textOf(record: LogRecord, of: RecordValue): string | undefined {
  return JSON.stringify(typeof of === 'function' ? of(record) : record.fields[of]);
}
