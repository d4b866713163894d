import { type ErrorRecord, type Fields } from '@metaexpert/logger-core';
import { type FlatNames } from './flat-names';
import { flatten, flattenError, type FlatFields } from './flatten';
import { keptByName } from './kept';

/** V8 sees through this call inside of for-in, and not through `Object.hasOwn`. */
// eslint-disable-next-line @typescript-eslint/unbound-method -- always called with call()
const { hasOwnProperty } = Object.prototype;

/** How a flat format writes a member: what stands before the value, by name, and the value. */
export interface FlatStyle {
  readonly names: FlatNames;
  before(name: string): string;
  value(value: unknown): string;
}

/** Fields as text, and those that the format has no name for. */
interface FlatText {
  readonly text: string;
  readonly rest: Readonly<Fields> | undefined;
}

/** Writes fields and errors as a flat format does. */
export interface FlatWriter {
  fields(fields: Readonly<Fields>): FlatText;
  error(error: ErrorRecord): string;
}

/** Makes the writer of a flat format. Fields that are flat already, with names of their own, are written as they are read. */
export function createFlatWriter(style: FlatStyle): FlatWriter {
  const { names } = style;
  const before = keptByName((name) => style.before(name));
  // Empty for a field that cannot be written by itself.
  const plainBefore = keptByName((key) => {
    const name = key.includes('.') ? undefined : names.of(key);
    return name === undefined ? '' : style.before(name);
  });
  const written = (flat: FlatFields): string => {
    let text = '';
    for (let i = 0; i < flat.names.length; i++) text += before(flat.names[i] as string) + style.value(flat.values[i]);
    return text;
  };
  return {
    fields(fields) {
      let text = '';
      for (const key in fields) {
        if (!hasOwnProperty.call(fields, key)) continue;
        const value = fields[key];
        const start = plainBefore(key);
        if (start === '' || (typeof value === 'object' && value !== null)) {
          const flat = flatten(fields, names);
          return { text: written(flat), rest: flat.rest };
        }
        text += start + style.value(value);
      }
      return { text, rest: undefined };
    },
    error(error) {
      const flat = flattenError(error, names);
      return flat === undefined ? '' : written(flat);
    },
  };
}
