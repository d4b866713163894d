import { CLOSE_BRACE, OPEN_BRACE } from './ascii';
import { type LineWriter } from './line-writer';
import { Stamp } from './stamp';

/** What is needed of a writer of values. */
interface MemberWriter {
  write(value: unknown): boolean;
  thrown(thrown: unknown): void;
  members(holder: object, skip: ReadonlySet<string>): void;
}

/** Written by name, in this order; the rest of an error's own keys follow. */
const FIRST = slots('name', 'message', 'code', 'stack');
const LAST = slots('cause', 'errors');
const OWN_SLOTS: ReadonlySet<string> = new Set([...FIRST, ...LAST].map(({ key }) => key));

/**
 * An error as `{ name, message, code, stack, …own keys, cause, errors }`. `cause` chains and
 * `AggregateError.errors` are followed; each property is read under guard, so a hostile getter costs its own
 * value only.
 */
export function writeError(error: Error, values: MemberWriter, line: LineWriter): boolean {
  const from = line.length;
  for (const slot of FIRST) writeSlot(error, slot, values, line);
  values.members(error, OWN_SLOTS);
  for (const slot of LAST) writeSlot(error, slot, values, line);
  line.enclose(from, OPEN_BRACE, CLOSE_BRACE);
  return true;
}

interface Slot {
  readonly key: string;
  readonly stamp: Stamp;
}

function slots(...keys: string[]): readonly Slot[] {
  return keys.map((key) => ({ key, stamp: new Stamp(`,"${key}":`) }));
}

function writeSlot(error: Error, { key, stamp }: Slot, values: MemberWriter, line: LineWriter): void {
  const before = line.length;
  let value: unknown;
  try {
    value = (error as unknown as Record<string, unknown>)[key];
  } catch (thrown) {
    line.stamp(stamp);
    values.thrown(thrown);
    return;
  }
  if (value === undefined || value === '') return;
  line.stamp(stamp);
  if (!values.write(value)) line.cut(before);
}
