/** A text with its `%XX` decoded, and where each of its characters began in the text. */
export interface PercentDecoded {
  readonly text: string;
  /** By character; one more for the end. */
  readonly origins: Uint32Array;
}

/**
 * The text as it reads with its percent-encoding undone (RFC 3986 section 2.1): what a query string hides from a
 * search. Undefined when there is nothing to decode. Bytes that are no UTF-8 stay as they are.
 */
export function percentDecoded(text: string): PercentDecoded | undefined {
  if (!/%[0-9a-f]{2}/i.test(text)) return undefined;
  const origins = new Uint32Array(text.length + 1);
  let decoded = '';
  let from = 0;
  for (const match of text.matchAll(/(?:%[0-9a-f]{2})+/gi)) {
    const [run] = match;
    for (let i = from; i < match.index; i++) origins[decoded.length + i - from] = i;
    decoded += text.slice(from, match.index);
    from = match.index + run.length;
    for (const [character, bytes] of charactersOf(run)) {
      const at = from - run.length + bytes * 3;
      for (let unit = 0; unit < character.length; unit++) origins[decoded.length + unit] = at;
      decoded += character;
    }
  }
  for (let i = from; i <= text.length; i++) origins[decoded.length + i - from] = i;
  decoded += text.slice(from);
  return { text: decoded, origins: origins.subarray(0, decoded.length + 1) };
}

/** Each character of a run of `%XX`, and how many bytes stand before it. */
function* charactersOf(run: string): Iterable<[string, number]> {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  let at = 0;
  while (at < bytes.length) {
    const length = utf8Length(bytes[at] as number);
    const character = bytes.toString('utf8', at, at + length);
    if (length > 1 && character.includes('\ufffd')) {
      yield [bytes.toString('latin1', at, at + 1), at];
      at += 1;
    } else {
      yield [character, at];
      at += length;
    }
  }
}

function utf8Length(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
