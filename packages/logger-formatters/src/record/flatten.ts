import { type ErrorRecord, type Fields } from '@metaexpert/logger-core';
import { isBranch } from './field-path';
import { type FlatNames } from './flat-names';

/** Fields as pairs. A value is a scalar, an array or an empty object. */
export interface FlatFields {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
  /** Fields whose names, or names within them, the format cannot write or has given to another one; whole, under their own keys. */
  readonly rest: Readonly<Fields> | undefined;
}

/**
 * Nested objects as dotted names: `account.id`. Arrays stay whole, since a name for each of their elements would make
 * thousands of columns in a store. What cannot have a name of its own is not lost: it is in `rest`.
 */
export function flatten(fields: Readonly<Fields>, names: FlatNames): FlatFields {
  const flattener = createFlattener(names);
  for (const key of Object.keys(fields)) flattener.add(key, fields[key]);
  return flattener;
}

/** For those who add field by field. */
export function createFlattener(names: FlatNames): FlatFields & { add(key: string, value: unknown): void } {
  return new Flattener((path) => names.of(path));
}

/** An error as `error.name`, `error.message`, … `error.cause.message`; one that holds a name out of question is one value `error`. */
export function flattenError(error: ErrorRecord | undefined, names: FlatNames): FlatFields | undefined {
  if (error === undefined) return undefined;
  const flattener = new Flattener((path) => names.own(path));
  flattener.add('error', error);
  return flattener.rest === undefined ? flattener : { names: ['error'], values: [error], rest: undefined };
}

class Flattener implements FlatFields {
  readonly names: string[] = [];
  readonly values: unknown[] = [];
  rest: Fields | undefined;
  readonly #nameOf: (path: string) => string | undefined;
  /** Two paths can only meet when a key holds a dot itself; until then nobody looks. */
  #taken: Set<string> | undefined;

  constructor(nameOf: (path: string) => string | undefined) {
    this.#nameOf = nameOf;
  }

  add(key: string, value: unknown): void {
    const before = this.names.length;
    if (this.#put(key, key, value)) return;
    for (const name of this.names.splice(before)) this.#taken?.delete(name);
    this.values.length = before;
    this.rest ??= Object.create(null) as Fields;
    this.rest[key] = value;
  }

  #put(key: string, path: string, value: unknown): boolean {
    if (this.#taken === undefined && key.includes('.')) this.#taken = new Set(this.names);
    if (isBranch(value)) {
      const keys = Object.keys(value);
      if (keys.length > 0) return keys.every((inner) => this.#put(inner, `${path}.${inner}`, value[inner]));
    }
    const name = this.#nameOf(path);
    if (name === undefined || this.#taken?.has(name) === true) return false;
    this.#taken?.add(name);
    this.names.push(name);
    this.values.push(value);
    return true;
  }
}
