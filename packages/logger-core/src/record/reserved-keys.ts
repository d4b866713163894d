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
