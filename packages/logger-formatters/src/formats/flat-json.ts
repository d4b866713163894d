import { type Formatter, type LogRecord } from '@metaexpert/logger-core';
import { jsonString, jsonText } from '../escape/json-text';
import { type FieldChoice } from '../record/field-choice';
import { FlatNames } from '../record/flat-names';
import { flattenError, type FlatFields } from '../record/flatten';
import { keptByName } from '../record/kept';
import { TRAILING_KEYS } from '../record/own-keys';
import { createTrailing } from '../record/trailing';
import { createJsonTimestamp, type TimestampOptions } from '../time/timestamp';
import { createFormatter } from './create-formatter';
import { createSlotPlaces } from './slot-places';
import { type Slot } from './trade-slots';

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
export function createFlatJson(options: FlatJsonOptions, slots: readonly Slot[], eventKeys?: Slot): Formatter {
  const time = createJsonTimestamp(options.timestamp);
  const names = new FlatNames({ reserved: new Set([...OWN, ...slots.map(([name]) => name)]), accepts: () => true });
  const before = keptByName((name) => `,${jsonString(name)}:`);
  const member = (name: string, value: unknown): string => before(name) + jsonText(value);
  const trailing = createTrailing(member);
  const event: readonly Slot[] = eventKeys === undefined ? [] : [eventKeys];
  const outputs = [...event, ...slots].map(([name]) => name);
  const places = createSlotPlaces([...event, ...slots]);

  return createFormatter(options, (record: LogRecord) => {
    const { message, fields } = record;
    const { values, rest } = places(fields, names);
    const told = event.length === 0 || values[0] !== undefined;
    let line = `{"time":${time(record)}`;
    if (!told) line += `,"event":${jsonString(message)}`;
    for (let i = 0; i < values.length; i++) {
      if (values[i] !== undefined) line += member(outputs[i] as string, values[i]);
    }
    line += members(rest, member);
    if (told) line += `,"message":${jsonString(message)}`;
    line += `,"level":"${record.level}"`;
    if (record.logger !== '') line += `,"logger":${jsonString(record.logger)}`;
    if ((record.category as string) !== '') line += `,"category":"${record.category}"`;
    const error = flattenError(record.error, names);
    if (error !== undefined) line += members(error, member);
    if (rest.rest !== undefined) line += `,"fields":${jsonText(rest.rest)}`;
    return `${line}${trailing(record)}}`;
  });
}

function members({ names, values }: FlatFields, member: (name: string, value: unknown) => string): string {
  let text = '';
  for (let i = 0; i < names.length; i++) text += member(names[i] as string, values[i]);
  return text;
}
