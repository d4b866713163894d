/** A text with its escapes undone, and where each of its characters began in the text. */
export interface DecodedText {
  readonly text: string;
  /** By character; one more for the end. */
  readonly origins: Uint32Array;
}

const ESCAPES = /(?:%[0-9a-f]{2})+|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,6});|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}/gi;

/** Of HTML's names for characters those that hide an assignment, and what stands around one. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['quot', '"'], ['apos', "'"], ['equals', '='], ['colon', ':'], ['amp', '&'], ['commat', '@'], ['plus', '+'],
  ['percnt', '%'], ['nbsp', ' '], ['lt', '<'], ['gt', '>'],
]); // prettier-ignore

/**
 * The text as it reads without its percent-encoding (RFC 3986 section 2.1), references to characters (HTML) and `\u` and `\x`
 * escapes: what these hide from a search. Undefined when there is nothing to decode. Bytes that are no UTF-8 and unknown
 * references stay as they are.
 */
export function decodedText(text: string): DecodedText | undefined {
  let origins: Uint32Array | undefined;
  let decoded = '';
  let from = 0;
  for (const match of text.matchAll(ESCAPES)) {
    const [escape] = match;
    origins ??= new Uint32Array(text.length + 1);
    for (let i = from; i < match.index; i++) origins[decoded.length + i - from] = i;
    decoded += text.slice(from, match.index);
    from = match.index + escape.length;
    for (const [character, before] of escape.startsWith('%')
      ? charactersOf(escape)
      : [[characterOf(escape), 0] as const]) {
      for (let unit = 0; unit < character.length; unit++) origins[decoded.length + unit] = match.index + before;
      decoded += character;
    }
  }
  if (origins === undefined || decoded.length + text.length - from === text.length) return undefined;
  for (let i = from; i <= text.length; i++) origins[decoded.length + i - from] = i;
  decoded += text.slice(from);
  return { text: decoded, origins: origins.subarray(0, decoded.length + 1) };
}

/** The character that a reference or an escape stands for; what it is itself when nobody knows. */
function characterOf(escape: string): string {
  if (escape.startsWith('\\')) return String.fromCharCode(Number.parseInt(escape.slice(2), 16));
  const name = escape.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return NAMED.get(name) ?? escape;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
}

/** Each character of a run of `%XX`, and how far from its beginning it stands. */
function* charactersOf(run: string): Iterable<readonly [string, number]> {
  const bytes = Buffer.from(run.replaceAll('%', ''), 'hex');
  let at = 0;
  while (at < bytes.length) {
    const length = utf8Length(bytes[at] as number);
    const character = bytes.toString('utf8', at, at + length);
    if (length > 1 && character.includes('\ufffd')) {
      yield [bytes.toString('latin1', at, at + 1), at * 3];
      at += 1;
    } else {
      yield [character, at * 3];
      at += length;
    }
  }
}

function utf8Length(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
