import { isMasked } from './action';
import { type Span } from './detector';
import { type Place } from './key-matcher';
import { type Rule } from './rule';

/** A secret that stands behind its name, and the rule for that name. */
export interface AssignedSpan extends Span {
  readonly rule: Rule;
}

/** `=>` counts as well, and a value on the next line that is indented or quoted. */
const VALUE_START = />?(?:[ \t]{0,8}\r?\n(?=[ \t"'`\\]))?[ \t]{0,8}(\\{0,7})(["'`]?)/y;
const WORD_VALUE = /[^\s&,;"'<>\\]+/y;
const LINE_VALUE = /[^\r\n"'`\\]+/y;
/** Headers whose value has several words. */
const WHOLE_LINE = /(?:authorization|cookie)$/;
const MAX_NAME = 64;
const MAX_BLANKS = 4;
const MAX_QUOTES = 8;

/**
 * Secrets in text that has no structure of its own: `…?apiKey=…&signature=…`, `X-MBX-APIKEY: …`, `"passphrase":"…"` in
 * the middle of a message. Which names are secret is said by the rules for keys.
 *
 * @param root - where those rules begin
 */
export function* findAssignments(text: string, root: Place): Iterable<AssignedSpan> {
  for (let at = nextSign(text, 0); at >= 0;) {
    const span = assignedAt(text, at, root);
    if (span !== undefined) yield span;
    at = nextSign(text, Math.max(at + 1, span?.end ?? 0));
  }
}

const SIGN = /[=:]/g;

function nextSign(text: string, from: number): number {
  SIGN.lastIndex = from;
  return SIGN.exec(text)?.index ?? -1;
}

function assignedAt(text: string, sign: number, root: Place): AssignedSpan | undefined {
  const name = nameBefore(text, sign);
  const rule = name === undefined ? undefined : ruleFor(name, root);
  if (name === undefined || rule === undefined) return undefined;
  VALUE_START.lastIndex = sign + 1;
  const [lead = '', escapes = '', quote = ''] = VALUE_START.exec(text) ?? [];
  const start = sign + 1 + lead.length;
  const end = quote === '' ? endOfWord(text, start, name) : endOfQuoted(text, start, escapes, quote);
  return end === start || isMasked(text.slice(start, Math.min(end, start + 8))) ? undefined : { start, end, rule };
}

/** The name in front of `=` or `:`, which may be quoted, the quotes escaped. */
function nameBefore(text: string, sign: number): string | undefined {
  let end = skipBack(text, sign, MAX_BLANKS, isBlank);
  end = skipBack(text, end, MAX_QUOTES, isQuote);
  const start = skipBack(text, end, MAX_NAME, isNamePart);
  const name = text.slice(start, end);
  // Numbers in front of a colon are times and lines of code.
  return /[A-Za-z]/.test(name) ? name : undefined;
}

function skipBack(text: string, from: number, most: number, skips: (code: number) => boolean): number {
  let at = from;
  while (at > 0 && from - at < most && skips(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Quotes, the backslashes before them, and the bracket of `x['y']`. */
function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 92 || code === 93;
}

/** Letters, digits, `_`, `.` and `-`. */
function isNamePart(code: number): boolean {
  const letter = code | 32;
  return (letter > 96 && letter < 123) || (code > 47 && code < 58) || code === 95 || code === 46 || code === 45;
}

function ruleFor(name: string, root: Place): Rule | undefined {
  const dot = name.lastIndexOf('.');
  return root.step(name).place.rule ?? (dot < 0 ? undefined : root.step(name.slice(dot + 1)).place.rule);
}

function endOfQuoted(text: string, start: number, escapes: string, quote: string): number {
  for (let from = start; ;) {
    const close = text.indexOf(escapes + quote, from);
    if (close < 0) return text.length;
    // More backslashes than at the beginning: a quote inside of the value.
    if (text[close - 1] !== '\\') return close;
    from = close + escapes.length + 1;
  }
}

function endOfWord(text: string, start: number, name: string): number {
  const first = text[start];
  // What begins so has structure of its own, and its members are looked at one by one.
  if (first === '{' || first === '[') return start;
  const pattern = WHOLE_LINE.test(name.toLowerCase()) ? LINE_VALUE : WORD_VALUE;
  pattern.lastIndex = start;
  const value = pattern.exec(text)?.[0] ?? '';
  return start + value.replace(/[)\]}.]{1,8}$/, '').length;
}
