import { type Fields } from '@metaexpert/logger-core';

/** Fields that any name may be written to: `__proto__` is a key like any other. */
export function emptyFields(): Fields {
  return Object.create(null) as Fields;
}

/** The keys that lead to a value: the whole path when that is a key, else its parts. Undefined when nothing is there. */
export function locate(fields: Readonly<Fields>, path: string): readonly string[] | undefined {
  if (Object.hasOwn(fields, path)) return [path];
  const keys = path.split('.');
  let at: unknown = fields;
  for (const key of keys) {
    if (!isBranch(at) || !Object.hasOwn(at, key)) return undefined;
    at = at[key];
  }
  return keys;
}

export function valueAt(fields: Readonly<Fields>, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => (at as Fields)[key], fields);
}

/** A copy with the value there; only the objects on the way are copied. */
export function withValue(fields: Readonly<Fields>, [key = '', ...rest]: readonly string[], value: unknown): Fields {
  const copy = Object.assign(emptyFields(), fields);
  const inner = copy[key];
  copy[key] = rest.length === 0 ? value : withValue(isBranch(inner) ? inner : {}, rest, value);
  return copy;
}

/** A copy without the value there. */
export function withoutValue(fields: Readonly<Fields>, [key = '', ...rest]: readonly string[]): Fields {
  const copy = emptyFields();
  for (const name of Object.keys(fields)) {
    if (name !== key) copy[name] = fields[name];
    else if (rest.length > 0) copy[name] = withoutValue(fields[name] as Fields, rest);
  }
  return copy;
}

/** Whether a value has fields of its own: an object that is no array. */
export function isBranch(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
