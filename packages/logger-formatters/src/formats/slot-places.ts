import { type Fields } from '@metaexpert/logger-core';
import { type FlatNames } from '../record/flat-names';
import { createFlattener, type FlatFields } from '../record/flatten';
import { type Slot } from './trade-slots';

/** A record's fields, those of the slots apart. */
export interface PlacedFields {
  /** One for each slot; undefined where no field has it. */
  readonly values: readonly unknown[];
  readonly rest: FlatFields;
}

/**
 * Makes the function that sorts fields into slots in one pass. Of several names of one slot the one that is listed first has
 * it; what cannot be one value of a slot, a structure, is an ordinary field.
 */
export function createSlotPlaces(slots: readonly Slot[]): (fields: Readonly<Fields>, names: FlatNames) => PlacedFields {
  const places = new Map<string, number>();
  const others = new Map<string, readonly string[]>();
  slots.forEach((slot, index) => {
    slot.forEach((name, rank) => {
      places.set(name, index);
      others.set(name, slot.slice(0, rank));
    });
  });
  return (fields, names) => {
    const values: unknown[] = new Array(slots.length).fill(undefined);
    const rest = createFlattener(names);
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      const place = places.get(key);
      const first =
        place !== undefined && isOneValue(value) && !others.get(key)?.some((name) => isOneValue(fields[name]));
      if (first) values[place] = value;
      else rest.add(key, value);
    }
    return { values, rest };
  };
}

function isOneValue(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null);
}
