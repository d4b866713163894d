import { type Entry } from '@metaexpert/logger-core';

/** Shorter strings than this are left whole: cutting them tells the reader less and saves nothing. */
const MIN_TEXT = 64;

const MARK = '…';

/**
 * A record that fits: of a JSON object the longest texts are shortened and `truncated` is set, of any other text the end is
 * cut off. Undefined when that is not enough.
 */
export function cutEntry(entry: Entry, maxBytes: number): Entry | undefined {
  const payload = cutJson(entry, maxBytes) ?? cutText(entry.payload, maxBytes);
  if (payload === undefined) return undefined;
  return { payload, record: { ...entry.record, truncated: cutBytes(entry, payload) } };
}

/** What the record has lost by now, also before it came here. */
function cutBytes({ payload, record: { truncated = 0 } }: Entry, shorter: string): number {
  return truncated + Math.max(1, Buffer.byteLength(payload) - Buffer.byteLength(shorter));
}

function cutJson(entry: Entry, maxBytes: number): string | undefined {
  const value = parseObject(entry.payload);
  if (value === undefined) return undefined;
  for (;;) {
    // As long as the number can get: with the true one the text is no longer.
    value['truncated'] = cutBytes(entry, '');
    const text = JSON.stringify(value);
    if (Buffer.byteLength(text) <= maxBytes) return JSON.stringify({ ...value, truncated: cutBytes(entry, text) });
    const longest = findLongest(value);
    if (longest === undefined) return undefined;
    longest.holder[longest.key] =
      longest.text.slice(0, Math.floor(longest.text.length / 2)).replace(/[\uD800-\uDBFF]$/, '') + MARK;
  }
}

function cutText(payload: string, maxBytes: number): string | undefined {
  if (parseObject(payload) !== undefined || maxBytes < MIN_TEXT) return undefined;
  const bytes = Buffer.from(payload).subarray(0, maxBytes - Buffer.byteLength(MARK));
  // A character that the cut went through is left out.
  return bytes.toString().replace(/\uFFFD$/, '') + MARK;
}

function parseObject(payload: string): Record<string, unknown> | undefined {
  if (!payload.startsWith('{')) return undefined;
  try {
    return JSON.parse(payload) as Record<string, unknown>;
  } catch {
    return undefined; // it only looks like an object: text
  }
}

interface Found {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly text: string;
}

function findLongest(value: object): Found | undefined {
  let longest: Found | undefined;
  for (const [key, inner] of Object.entries(value as Record<string, unknown>)) {
    let found: Found | undefined;
    if (typeof inner === 'string') found = { holder: value as Record<string, unknown>, key, text: inner };
    else if (typeof inner === 'object' && inner !== null) found = findLongest(inner);
    if (found !== undefined && found.text.length >= MIN_TEXT && found.text.length > (longest?.text.length ?? 0))
      longest = found;
  }
  return longest;
}
