import { createHash } from 'node:crypto';
import { wordlist } from '@scure/bip39/wordlists/english';
import { type Detector, type Span } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

const INDEXES = new Map(wordlist.map((word, index) => [word, index]));
const WORD = /[A-Za-z]+/g;
/** Characters between two words of a phrase at most: `", "`, `\n12. `. */
const MAX_GAP = 8;
const COUNTS = [24, 21, 18, 15, 12];
const SHORTEST = 12;
/** So many words of the list without any other between them are no sentence; they are hidden without a check. */
const SURELY = 48;

interface ListedWord extends Span {
  readonly index: number;
}

/** Seed phrases of wallets (BIP-39, English): 12 to 24 words of the list with the right checksum. */
export const seedPhrase: Detector = {
  name: 'seed-phrase',
  needs: Shape.gaps11,
  minLength: 47,
  plain: { maxGaps: 10 },
  inLists: true,
  *find(text) {
    let run: ListedWord[] = [];
    for (const { 0: word, index: start } of findAll(WORD, text)) {
      const index = INDEXES.get(word.length > 8 ? '' : word.toLowerCase());
      const before = run.at(-1);
      const linked = index !== undefined && (before === undefined || start - before.end <= MAX_GAP);
      if (!linked) {
        yield* phrasesIn(run);
        run = [];
      }
      if (index !== undefined) run.push({ index, start, end: start + word.length });
    }
    yield* phrasesIn(run);
  },
};

function* phrasesIn(run: readonly ListedWord[]): Iterable<Span> {
  if (run.length < SHORTEST) return;
  if (run.length >= SURELY) {
    yield spanOf(run);
    return;
  }
  for (let from = 0; from + SHORTEST <= run.length;) {
    const count = COUNTS.find((one) => from + one <= run.length && isPhrase(run.slice(from, from + one)));
    if (count !== undefined) yield spanOf(run.slice(from, from + count));
    from += count ?? 1;
  }
}

function spanOf(words: readonly ListedWord[]): Span {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

/** Eleven bits a word; behind the entropy stand as many bits of its SHA-256 as it has 32-bit words. */
function isPhrase(words: readonly ListedWord[]): boolean {
  const entropy = Buffer.allocUnsafe((words.length / 3) * 4);
  let at = 0;
  let bits = 0;
  let count = 0;
  for (const { index } of words) {
    bits = (bits << 11) | index;
    for (count += 11; count >= 8 && at < entropy.length; count -= 8) entropy[at++] = bits >>> (count - 8);
    bits &= (1 << count) - 1;
  }
  const checkBits = words.length / 3;
  const [first = 0] = createHash('sha256').update(entropy).digest();
  return first >>> (8 - checkBits) === bits;
}
