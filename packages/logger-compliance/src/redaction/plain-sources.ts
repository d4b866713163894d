import { type ByteRun, wordRun } from './byte-run';
import { hexText } from './plain-text';
import { shortText } from './short-text';
import { type TextRedactor } from './text-redactor';

/** A kind of text that needs no search, as it stands in JSON. */
interface PlainKind {
  readonly source: string;
  readonly run: ByteRun;
  readonly holds: (json: string) => boolean;
}

/** Sources of regular expressions for what may stand at a place and need no search. */
export interface PlainSources {
  readonly text: string;
  readonly number: string;
  /** The same as bytes. */
  readonly numberRun: ByteRun;
  readonly array: string;
  /** Texts that are passed over faster than others: short ones; undefined when there are none. */
  readonly short: PlainKind | undefined;
  /** Such of hexadecimal digits and `-` alone. */
  readonly hex: (PlainKind & { readonly behind: (beginning: string) => Omit<PlainKind, 'holds'> }) | undefined;
}

/** In any number or word of JSON, and in such as may be looked at. */
const WORD = '[^",[\\]{}]';
const DIGIT = '[\\w.+-]';
/** A regular expression that matches nothing. */
const NONE = '(?!)';

/** What may stand in a line and concerns none of these rules. */
export function plainSources(texts: TextRedactor): PlainSources {
  const { plain, minDigits, maxListTexts } = texts;
  const text = plain === undefined ? NONE : `"${plain}"`;
  const number = minDigits === Infinity ? `${WORD}+` : minDigits > 1 ? `${DIGIT}{1,${minDigits - 1}}` : NONE;
  const numberRun = minDigits === Infinity ? wordRun(WORD, Infinity) : wordRun(DIGIT, minDigits - 1);
  const others = `(?:${number}(?=[,\\]])|[,[\\]])*`;
  const list = maxListTexts === Infinity ? '*' : `{0,${maxListTexts}}`;
  const short = shortText((shape, length) => texts.concerns(shape, length));
  const behind = hexText(texts.limits);
  return {
    text,
    number,
    numberRun,
    array: `\\[${others}(?:${text}${others})${list}\\]`,
    short: short === undefined ? undefined : plainKind(short),
    hex: behind === undefined ? undefined : { ...plainKind(behind('')), behind },
  };
}

function plainKind({ source, run }: Omit<PlainKind, 'holds'>): PlainKind {
  const whole = new RegExp(`^${source}$`);
  return { source, run, holds: (json) => whole.test(json) };
}
