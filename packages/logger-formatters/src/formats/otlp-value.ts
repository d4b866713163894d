/** OTLP's AnyValue in its JSON mapping (opentelemetry-proto, common.proto): 64-bit integers are strings. */
export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } }
  | { readonly kvlistValue: { readonly values: readonly OtlpAttribute[] } }
  | Readonly<Record<string, never>>;

/** OTLP's KeyValue. */
export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

/** A plain JSON value as AnyValue; `null` is the empty one. */
export function otlpValue(value: unknown): OtlpValue {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0)
        ? { intValue: String(value) }
        : { doubleValue: value };
    default:
      if (typeof value !== 'object' || value === null) return {};
      if (Array.isArray(value)) return { arrayValue: { values: value.map(otlpValue) } };
      return { kvlistValue: { values: otlpAttributes(value) } };
  }
}

/** The members of an object as attributes. */
export function otlpAttributes(members: object): OtlpAttribute[] {
  const attributes: OtlpAttribute[] = [];
  for (const key of Object.keys(members))
    attributes.push({ key, value: otlpValue((members as Record<string, unknown>)[key]) });
  return attributes;
}
