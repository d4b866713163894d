import { type Fields, type LogRecord } from '@metaexpert/logger-core';
import { emptyFields, locate, valueAt, withoutValue, withValue } from './field-path';
import { OPTIONAL_KEYS, type OptionalKey } from './own-keys';

/** Which fields of a record a formatter writes, and under which names. A path into nested fields has dots: `account.id`. */
export interface FieldChoice {
  /** Only these of the user's and the context's fields. @default all */
  include?: readonly string[];
  /** Without these; also names of the record's own keys but for time, level and message: `pid`, `host`, `id`, … @default none */
  exclude?: readonly string[];
  /** New names of fields, by the old ones. A name that another field has already is not taken: then the old one stays. */
  rename?: Readonly<Record<string, string>>;
}

/** JSON Schema of {@link FieldChoice}'s keys. */
export const FIELD_CHOICE_SCHEMA = {
  include: { type: 'array', items: { type: 'string' } },
  exclude: { type: 'array', items: { type: 'string' } },
  rename: { type: 'object', additionalProperties: { type: 'string' } },
} as const;

/** Whether a choice leaves everything as it is. */
export function choosesAll({ include, exclude = [], rename = {} }: FieldChoice): boolean {
  return include === undefined && exclude.length === 0 && Object.keys(rename).length === 0;
}

/** Makes the function that applies a choice to records whose fields are plain. The record given is not changed. */
export function createFieldChoice(choice: FieldChoice): (record: LogRecord) => LogRecord {
  if (choosesAll(choice)) return (record) => record;
  const { include, exclude = [], rename = {} } = choice;
  const ownExcluded = OPTIONAL_KEYS.filter((key) => exclude.includes(key));
  const renames = new Map(Object.entries(rename));
  return (record) => {
    let fields = include === undefined ? record.fields : pick(record.fields, include);
    for (const path of exclude) {
      const keys = locate(fields, path);
      if (keys !== undefined) fields = withoutValue(fields, keys);
    }
    if (renames.size > 0) fields = renamed(fields, renames);
    return { ...without(record, ownExcluded), fields };
  };
}

/** Formats leave out what is undefined; names that every record must have become empty, which they leave out too. */
function without(record: LogRecord, keys: readonly OptionalKey[]): LogRecord {
  const left: Record<string, unknown> = { ...record };
  for (const key of keys) {
    if (key === 'id' || key === 'logger' || key === 'category') left[key] = '';
    else Reflect.deleteProperty(left, key);
  }
  return left as unknown as LogRecord;
}

function pick(fields: Readonly<Fields>, paths: readonly string[]): Fields {
  let picked = emptyFields();
  for (const path of paths) {
    const keys = locate(fields, path);
    if (keys !== undefined) picked = withValue(picked, keys, valueAt(fields, keys));
  }
  return picked;
}

/** Keys keep their places; what is taken out of a nested object comes last. */
function renamed(fields: Readonly<Fields>, names: ReadonlyMap<string, string>): Fields {
  const free = (name: string, at: Readonly<Fields>): boolean => !Object.hasOwn(at, name);
  let result = emptyFields();
  for (const key of Object.keys(fields)) {
    const name = names.get(key);
    result[name !== undefined && free(name, fields) && free(name, result) ? name : key] = fields[key];
  }
  for (const [path, name] of names) {
    const keys = locate(result, path);
    if (keys === undefined || keys.length === 1 || !free(name, result)) continue;
    const value = valueAt(result, keys);
    result = withoutValue(result, keys);
    result[name] = value;
  }
  return result;
}
