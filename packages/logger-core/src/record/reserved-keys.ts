/** Keys that the record itself owns, in the order they are written (DESIGN section 5). */
export const RESERVED_KEYS = [
  'timestamp',
  'simulatedTime',
  'level',
  'logger',
  'message',
  'category',
  'error',
  'traceId',
  'spanId',
  'source',
  'truncated',
  'formatError',
  'pid',
  'thread',
  'host',
  'seq',
  'id',
] as const;

const RESERVED: ReadonlySet<string> = new Set(RESERVED_KEYS);

export function isReservedKey(key: string): boolean {
  return RESERVED.has(key);
}

const ASIDE = 'fields.';

/** Whether a key in a record's line is a user's key that was moved aside: `fields.level`, `fields.fields.level`. */
export function isMovedAside(key: string): boolean {
  if (!key.startsWith(ASIDE)) return false;
  const rest = key.slice(ASIDE.length);
  return isReservedKey(rest) || isMovedAside(rest);
}

/** The name that the user gave to a key of a record's line. */
export function toUserKey(key: string): string {
  return isMovedAside(key) ? key.slice(ASIDE.length) : key;
}
