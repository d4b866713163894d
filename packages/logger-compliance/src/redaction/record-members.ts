import { type Place, type Step } from './key-matcher';

/** Members of a record's line (DESIGN section 5) that hold nothing of the user's. */
const UNTOUCHED: ReadonlySet<string> = new Set([
  'timestamp', 'simulatedTime', 'level', 'category', 'truncated', 'pid', 'thread', 'host', 'seq', 'id',
]); // prettier-ignore

/** The last of them: nothing else stands behind. */
const TAIL: ReadonlySet<string> = new Set(['pid', 'thread', 'host', 'seq', 'id']);

const OWN: ReadonlySet<string> = new Set([
  ...UNTOUCHED, 'logger', 'message', 'error', 'traceId', 'spanId', 'source',
]); // prettier-ignore

/** Members without which a record is none. */
const REQUIRED: ReadonlySet<string> = new Set(['logger', 'message']);

const ASIDE = 'fields.';

/** The step into a member of a record's line; undefined for what is never touched. */
export function recordStep(key: string, root: Place): Step | undefined {
  if (UNTOUCHED.has(key)) return undefined;
  const userKey = toUserKey(key);
  return userKey === key ? root.step(key) : { place: root.step(userKey).place, shown: undefined };
}

/** Whether the record itself owns this member of its line. */
export function isOwnMember(key: string): boolean {
  return OWN.has(key);
}

/** Whether this member and all that stand behind it hold nothing of the user's. */
export function isInTail(key: string): boolean {
  return TAIL.has(key);
}

/** Whether a record cannot be without this member. */
export function isRequired(key: string): boolean {
  return REQUIRED.has(key);
}

/** The name that the user gave to a key: core moves those aside that bear a record's own names. */
export function toUserKey(key: string): string {
  return isMovedAside(key) ? key.slice(ASIDE.length) : key;
}

function isMovedAside(key: string): boolean {
  if (!key.startsWith(ASIDE)) return false;
  const rest = key.slice(ASIDE.length);
  return isOwnMember(rest) || isMovedAside(rest);
}
