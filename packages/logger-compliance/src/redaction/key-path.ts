import { normalizeKey } from './normalize-key';

/** One step of a path: a key, any key (`*`), or any number of keys (`**`). */
export type Segment =
  | { readonly kind: 'key'; readonly name: string; readonly numbered?: boolean }
  | { readonly kind: 'pattern'; readonly test: (name: string, key: string) => boolean }
  | { readonly kind: 'any' }
  | { readonly kind: 'deep' };

const SEGMENT = /\[\s*(?:"([^"]*)"|'([^']*)'|([^\]"']*))\s*\]|([^.[\]]+)|(\.)/y;

/**
 * The steps of `orders[*].account`, `**.card`, `headers["x-api-key"]`. Keys are compared without case, `_`, `-`, `.`
 * and blanks; `*` inside of a key stands for any characters of it.
 *
 * @returns undefined for what is no path
 */
export function parsePath(path: string): readonly Segment[] | undefined {
  const segments: Segment[] = [];
  SEGMENT.lastIndex = 0;
  let dots = 1;
  while (SEGMENT.lastIndex < path.length) {
    const match = SEGMENT.exec(path);
    if (match === null) return undefined;
    const [, double, single, bracket, plain, dot] = match;
    if (dot !== undefined) {
      if (++dots > 1) return undefined;
      continue;
    }
    if (plain !== undefined && dots === 0) return undefined;
    dots = 0;
    const quoted = double ?? single;
    segments.push(quoted === undefined ? toSegment((bracket ?? plain ?? '').trim()) : literal(quoted));
  }
  return segments.length === 0 || dots > 0 ? undefined : segments;
}

/** A key, in which `*` stands for any characters. */
export function toSegment(key: string): Segment {
  if (key === '*') return { kind: 'any' };
  if (key === '**') return { kind: 'deep' };
  if (!key.includes('*')) return literal(key);
  const parts = key.split('*').map(normalizeKey);
  return { kind: 'pattern', test: (name) => matchesGlob(name, parts) };
}

/** The same for a name that may have a number behind it: `apiSecret1`, `secret_2`. */
export function numberedSegment(key: string): Segment {
  const segment = toSegment(key);
  if (segment.kind === 'key') return { ...segment, numbered: true };
  if (segment.kind !== 'pattern') return segment;
  return { kind: 'pattern', test: (name, as) => segment.test(name, as) || segment.test(withoutNumber(name), as) };
}

/** A name without the number at its end; of four digits at most, such as a year. */
export function withoutNumber(name: string): string {
  return name.replace(/(?<!\d)\d{1,4}$/, '');
}

/** A key that a regular expression finds, as it is written. */
export function patternSegment(pattern: RegExp): Segment {
  // `g` and `y` remember where they stopped.
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  return { kind: 'pattern', test: (_name, key) => stateless.test(key) };
}

function literal(key: string): Segment {
  return { kind: 'key', name: normalizeKey(key) };
}

/** Each part behind the one before; a regular expression with several stars would take polynomial time. */
function matchesGlob(name: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
