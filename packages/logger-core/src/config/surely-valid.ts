type Schema = Readonly<Record<string, unknown>>;

/**
 * Whether a value is valid by a JSON Schema, told without ajv: loading it and compiling the schemas takes longer than
 * the rest of a logger's start. Knows the keywords that option schemas are made of (JSON Schema Validation, sections
 * 6 and 7). False means "ask ajv", not "invalid": so does every keyword that is not known here.
 */
export function isSurelyValid(schema: Schema | boolean, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  return Object.keys(schema).every((keyword) => KEYWORDS[keyword]?.(schema[keyword], value, schema) === true);
}

/** Each holds for values of its own type, and lets all others pass, as JSON Schema has it. */
const KEYWORDS: Readonly<Record<string, (wanted: unknown, value: unknown, schema: Schema) => boolean>> = {
  type: (wanted, value) => typeof wanted === 'string' && TYPES[wanted]?.(value) === true,
  enum: (wanted, value) => (wanted as readonly unknown[]).includes(value) && !Number.isNaN(value),
  const: (wanted, value) => value === wanted,
  anyOf: (wanted, value) => (wanted as Schema[]).some((one) => isSurelyValid(one, value)),
  minimum: (wanted, value) => typeof value !== 'number' || value >= (wanted as number),
  maximum: (wanted, value) => typeof value !== 'number' || value <= (wanted as number),
  exclusiveMinimum: (wanted, value) => typeof value !== 'number' || value > (wanted as number),
  // Lengths are counted in code points; only this one needs no counting.
  minLength: (wanted, value) => wanted === 1 && (typeof value !== 'string' || value !== ''),
  pattern: (wanted, value) => typeof value !== 'string' || new RegExp(wanted as string, 'u').test(value),
  description: () => true,
  items: (wanted, value) => !Array.isArray(value) || value.every((item) => isSurelyValid(wanted as Schema, item)),
  required: (wanted, value) =>
    !isObject(value) || (wanted as string[]).every((key) => Object.hasOwn(value, key) && value[key] !== undefined),
  properties: (wanted, value) =>
    !isObject(value) ||
    Object.entries(wanted as Record<string, Schema>).every(
      ([key, schema]) => value[key] === undefined || (Object.hasOwn(value, key) && isSurelyValid(schema, value[key])),
    ),
  additionalProperties: (wanted, value, { properties = {} }) => {
    if (!isObject(value)) return true;
    for (const key in value) {
      if (Object.hasOwn(properties as object, key)) continue;
      if (!isSurelyValid(wanted as Schema | boolean, value[key])) return false;
    }
    return true;
  },
};

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isInteger(value),
  array: (value) => Array.isArray(value),
  object: isObject,
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
