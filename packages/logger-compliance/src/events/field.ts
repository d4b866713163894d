import { type Fields } from '@metaexpert/logger-core';

/** A field of an event: its JSON Schema, and the type of its values. */
export interface Field<T> {
  readonly schema: Fields;
  /** Never there; carries the type. */
  readonly of?: T;
}

type FieldMap = Readonly<Record<string, Field<unknown>>>;

/** The type of the values of a field. */
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The type of an object with these fields. */
export type ObjectOf<R extends FieldMap, O extends FieldMap> = { [K in keyof R]: ValueOf<R[K]> } & {
  [K in keyof O]?: ValueOf<O[K]>;
};

/** A text that is not empty. */
export const text: Field<string> = { schema: { type: 'string', minLength: 1, maxLength: 1024 } };
/** Money, prices, quantities: exact decimal numbers as text, for binary fractions are not exact. */
export const decimal: Field<string> = { schema: { type: 'string', format: 'decimal' } };
/** The same, not below zero. */
export const amount: Field<string> = { schema: { type: 'string', format: 'decimal', pattern: '^[^-]' } };
export const count: Field<number> = { schema: { type: 'integer', minimum: 0 } };
export const flag: Field<boolean> = { schema: { type: 'boolean' } };
/** RFC 3339 in UTC. */
export const time: Field<string> = { schema: { type: 'string', format: 'utc-time' } };
/** Legal entity identifier, ISO 17442. */
export const lei: Field<string> = { schema: { type: 'string', format: 'lei' } };
/** Digital token identifier, ISO 24165. */
export const dti: Field<string> = { schema: { type: 'string', format: 'dti' } };
/** Market identifier code, ISO 10383. */
export const mic: Field<string> = { schema: { type: 'string', pattern: '^[A-Z0-9]{4}$' } };
/** ISO 4217, or the ticker of a token. */
export const currency: Field<string> = { schema: { type: 'string', pattern: '^[A-Z0-9]{2,12}$' } };
/** Whatever else belongs to it. */
export const details: Field<Fields> = { schema: { type: 'object' } };

export function oneOf<const T extends string>(...words: readonly T[]): Field<T> {
  return { schema: { enum: words } };
}

export function object<R extends FieldMap, O extends FieldMap>(required: R, optional: O): Field<ObjectOf<R, O>> {
  const fields: FieldMap = { ...required, ...optional };
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
      required: Object.keys(required),
      additionalProperties: false,
    },
  };
}
