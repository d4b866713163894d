/** Headers as they may be sent: names are tokens, values hold nothing that Node refuses (RFC 9110, section 5.5). */
export const HEADERS_SCHEMA = {
  type: 'object',
  propertyNames: {
    pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
    description: "a header's name: letters, digits and !#$%&'*+.^_`|~-",
  },
  additionalProperties: {
    type: 'string',
    pattern: '^[\\t\\x20-\\x7e\\x80-\\xff]*$',
    description: "a header's value: one line of Latin-1",
  },
};

/** Headers that carry what nobody else may know, by their names. */
const SECRET_NAME = /auth|token|key|secret|cookie|password/i;

/** The values of those, and of such parameters of a path: what is said of a request must not repeat them. */
export function secretsOf(headers: Readonly<Record<string, string>>, path: string): string[] {
  const query = [...new URL(path, 'http://host').searchParams];
  return [...Object.entries(headers), ...query].flatMap(([name, value]) =>
    SECRET_NAME.test(name) ? [value, value.replace(/^\S+\s+/, ''), encodeURIComponent(value)] : [],
  );
}
