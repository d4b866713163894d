import { type Detector } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

/** Whole, or in the groups that are printed on cards. A fraction, a part of a word or of a longer number is none. */
const CANDIDATE =
  /(?<![A-Za-z0-9]|\d[.,])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?|\d{4}([ -])\d{6}\2\d{4,5})(?![A-Za-z0-9]|[.,]\d|-[0-9A-Fa-f]{4})/g;

/** Issuer prefixes and the lengths they have; a length of its own for each, or any 13-digit time would be a card. */
const ISSUERS: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] }, // Visa
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] }, // Mastercard
  { prefix: /^3[47]/, lengths: [15] }, // American Express
  { prefix: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] }, // Discover
  { prefix: /^(?:30[0-5]|3095|36|38|39)/, lengths: [14, 16] }, // Diners Club
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16] }, // JCB
  { prefix: /^62/, lengths: [16, 17, 18, 19] }, // UnionPay
  { prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 15, 16, 18, 19] }, // Maestro
  { prefix: /^220[0-4]/, lengths: [16] }, // Mir
];

/** Payment card numbers: an issuer's prefix, a length it uses, and the check digit (ISO/IEC 7812-1). */
export const card: Detector = {
  name: 'card',
  needs: Shape.digits12,
  minLength: 13,
  plain: { maxRunChars: 12, blanks: false },
  *find(text) {
    for (const { 0: found, index } of findAll(CANDIDATE, text)) {
      if (isCardNumber(found)) yield { start: index, end: index + found.length };
    }
  },
};

/** Whether digits, with blanks or dashes between them, are a card number. */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const issued = ISSUERS.some(({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits));
  return issued && !/^(\d)\1+$/.test(digits) && hasLuhnCheck(digits);
}

function hasLuhnCheck(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
