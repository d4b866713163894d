/**
 * What a text is made of, found in one look at each character, so that most texts need no search at all:
 * a detector names the bits without which it cannot find anything.
 */
export const Shape = {
  at: 1,
  /** `=` or `:` */
  assign: 2,
  percent: 4,
  plus: 8,
  backslash: 16,
  space: 32,
  dash: 64,
  /** `&` */
  amp: 128,
  /** Four digits and more. */
  digits4: 256,
  /** Twelve digits and more. */
  digits12: 512,
  /** A run of sixteen and more letters, digits, `_` and `-`. */
  run16: 1024,
  /** Eleven and more characters that are neither letters nor digits. */
  gaps11: 2048,
  /** It begins with a bracket. */
  bracket: 4096,
} as const;

const DIGIT = 1 << 16;
const TOKEN = 1 << 17;
const GAP = 1 << 18;
const RUN = 16;

const KINDS = new Int32Array(128).fill(GAP);
for (let code = 48; code < 58; code++) KINDS[code] = DIGIT | TOKEN;
for (let code = 65; code < 91; code++) KINDS[code] = TOKEN;
for (let code = 97; code < 123; code++) KINDS[code] = TOKEN;
mark('@', Shape.at);
mark('=:', Shape.assign);
mark('%', Shape.percent);
mark('+', Shape.plus);
mark('\\', Shape.backslash);
mark(' \t\n\r', Shape.space);
mark('-', Shape.dash | TOKEN);
mark('_', TOKEN);
mark('&', Shape.amp);

function mark(characters: string, kind: number): void {
  for (const character of characters) {
    const code = character.charCodeAt(0);
    KINDS[code] = (KINDS[code] ?? 0) | kind;
  }
}

/** The shape of a part of a text. */
export function shapeOf(text: string, from: number, to: number): number {
  const first = text.charCodeAt(from);
  let seen = 0;
  let digits = 0;
  let gaps = 0;
  let run = 0;
  let longest = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? (KINDS[code] as number) : GAP;
    seen |= kind;
    if ((kind & TOKEN) !== 0) {
      if (++run > longest) longest = run;
      if ((kind & DIGIT) !== 0) digits += 1;
    } else {
      run = 0;
    }
    if ((kind & GAP) !== 0) gaps += 1;
  }
  let shape = seen & 0xff;
  if (digits >= 4) shape |= Shape.digits4;
  if (digits >= 12) shape |= Shape.digits12;
  if (longest >= RUN) shape |= Shape.run16;
  if (gaps >= 11) shape |= Shape.gaps11;
  if (first === 123 || first === 91 || first === 34) shape |= Shape.bracket;
  return shape;
}
