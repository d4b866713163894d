import { type TimeSpan } from './read-records';

/** @throws RangeError */
export function parseSpan(
  from: string | Date | undefined,
  to: string | Date | undefined,
): TimeSpan & { readonly from: string | null; readonly to: string | null } {
  const [begin, end] = [parse('from', from), parse('to', to)];
  if (begin !== undefined && end !== undefined && end < begin) throw new RangeError('to: is before from');
  const text = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
  return { fromMs: begin ?? -Infinity, toMs: end ?? Infinity, from: text(begin), to: text(end) };
}

function parse(name: string, time: string | Date | undefined): number | undefined {
  if (time === undefined) return undefined;
  const ms = new Date(time).getTime();
  if (Number.isNaN(ms)) throw new RangeError(`${name}: '${String(time)}' is no time`);
  return ms;
}
