import { type Fields, type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { flatten, flattenError, type FlatFields } from '../record/flatten';
import { ownValue, TRAILING_KEYS } from '../record/own-keys';
import { createJsonTimestamp, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { type Slot, slotKey } from './trade-slots';

/** Options of the flat JSON formats, `trade` and `performance`. */
export interface FlatJsonOptions extends FieldChoice {
  timestamp?: TimestampOptions;
}

const OWN: readonly string[] = ['time', 'event', 'message', 'level', 'logger', 'category', 'error', ...TRAILING_KEYS];

/**
 * Makes a formatter of flat JSON Lines: `time`, then the slots under their own names, then every other field under its name
 * (nested ones dotted), then what the record itself has. Values stay as they came: a decimal string stays a string.
 *
 * @param eventKeys - names of the field that says what happened; without such a field it is the message
 */
export function createFlatJson(
  options: FlatJsonOptions,
  slots: readonly Slot[],
  eventKeys: readonly string[],
): Formatter {
  const time = createJsonTimestamp(options.timestamp);
  const names = new FlatNames({ reserved: new Set([...OWN, ...slots.map(([name]) => name)]), accepts: () => true });
  const keys = new Map<string, string>();
  const member = (name: string, value: unknown): string => `${jsonKey(name, keys)}${jsonText(value)}`;
  const event: Slot | undefined = eventKeys.length === 0 ? undefined : (eventKeys as unknown as Slot);

  return createFormatter(options, (record: LogRecord) => {
    const { message, fields } = record;
    const used = new Set<string>();
    let line = `{"time":${time(record)}`;
    const eventKey = event === undefined ? undefined : slotKey(fields, event);
    if (event !== undefined) line += `,"event":${jsonText(eventKey === undefined ? message : fields[eventKey])}`;
    if (eventKey !== undefined) used.add(eventKey);
    for (const slot of slots) {
      const key = slotKey(fields, slot);
      if (key === undefined) continue;
      line += member(slot[0], fields[key]);
      used.add(key);
    }
    const rest = used.size === Object.keys(fields).length ? undefined : flatten(without(fields, used), names);
    if (rest !== undefined) line += members(rest, member);
    if (eventKey !== undefined || event === undefined) line += `,"message":${jsonString(message)}`;
    line += `,"level":"${record.level}"`;
    if (record.logger !== '') line += `,"logger":${jsonString(record.logger)}`;
    if (ownValue(record, 'category') !== undefined) line += `,"category":"${record.category}"`;
    const error = flattenError(record.error, names);
    if (error !== undefined) line += members(error, member);
    if (rest?.rest !== undefined) line += `,"fields":${jsonText(rest.rest)}`;
    for (const key of TRAILING_KEYS) {
      const value = ownValue(record, key);
      if (value !== undefined) line += `,"${key}":${jsonText(value)}`;
    }
    return `${line}}`;
  });
}

function members({ names, values }: FlatFields, member: (name: string, value: unknown) => string): string {
  let text = '';
  for (let i = 0; i < names.length; i++) text += member(names[i] as string, values[i]);
  return text;
}

function without(fields: Readonly<Fields>, used: ReadonlySet<string>): Fields {
  const left = Object.create(null) as Fields;
  for (const key of Object.keys(fields)) if (!used.has(key)) left[key] = fields[key];
  return left;
}

/** `,"name":`, kept for the names that come again. */
function jsonKey(name: string, known: Map<string, string>): string {
  let text = known.get(name);
  if (text === undefined) {
    text = `,${jsonString(name)}:`;
    if (known.size < 4096) known.set(name, text);
  }
  return text;
}
