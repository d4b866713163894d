/** What is needed of a value encoder. */
interface MemberEncoder {
  property(holder: object, key: string, secret: boolean): string | undefined;
  members(holder: object, skip: ReadonlySet<string>): string;
}

/** Written by name, in this order; the rest of an error's own keys follow. */
const OWN_SLOTS: ReadonlySet<string> = new Set(['name', 'message', 'code', 'stack', 'cause', 'errors']);

/**
 * An error as `{ name, message, code, stack, …own keys, cause, errors }`. `cause` chains and
 * `AggregateError.errors` are followed; each property is read under guard, so a hostile getter costs its own
 * value only.
 */
export function encodeError(error: Error, encoder: MemberEncoder): string {
  let text = '';
  for (const key of ['name', 'message', 'code', 'stack']) text += member(error, key, encoder);
  text += encoder.members(error, OWN_SLOTS);
  for (const key of ['cause', 'errors']) text += member(error, key, encoder);
  return `{${text.slice(1)}}`;
}

function member(error: Error, key: string, encoder: MemberEncoder): string {
  const value = encoder.property(error, key, false);
  return value === undefined || value === '""' ? '' : `,"${key}":${value}`;
}
