/** Whether a text is a legal entity identifier: ISO 17442, 18 letters and digits and two check digits (modulo 97 is 1). */
export function isLei(text: string): boolean {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(text)) return false;
  let rest = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Digits and consonants but for Y: no word can be spelt with them. */
const DTI_ALPHABET = '0123456789BCDFGHJKLMNPQRSTVWXZ';

/** Bitcoin's was registered with another check character than the rule gives; it is in use all the same. */
const REGISTERED_OTHERWISE = '4H95J0R2X';

/** Whether a text is a digital token identifier: ISO 24165-1, nine characters, the last by ISO/IEC 7064 modulo 31,30. */
export function isDti(text: string): boolean {
  if (text === REGISTERED_OTHERWISE) return true;
  const size = DTI_ALPHABET.length;
  const values = Array.from(text, (character) => DTI_ALPHABET.indexOf(character));
  if (values.length !== 9 || values.includes(-1) || values[0] === 0) return false;
  let product = size;
  for (const value of values.slice(0, -1)) {
    const sum = (product + value) % size;
    product = ((sum === 0 ? size : sum) * 2) % (size + 1);
  }
  return (product + (values.at(-1) as number)) % size === 1;
}

/** Whether a text is an exact decimal number: no exponent, no superfluous zeros in front, `-` for less than zero. */
export function isDecimal(text: string): boolean {
  return /^-?(?:0|[1-9]\d{0,39})(?:\.\d{1,40})?$/.test(text);
}

const UTC_TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;
/** Every month has them. */
const SAFE_DAYS = 28;

/** Whether a text is a time in UTC down to a second or finer (RFC 3339 and RTS 24: `YYYY-MM-DDThh:mm:ss.ddddddZ`). */
export function isUtcTime(text: string): boolean {
  if (!UTC_TIME.test(text)) return false;
  // Dates by themselves would take the 30th of February for the 2nd of March, and ten times as long.
  const day = Number(text.slice(8, 10));
  return day <= SAFE_DAYS || day <= daysOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** @param month - from 1 to 12 */
function daysOf(year: number, month: number): number {
  // Leap years repeat after 400 years; and the years 0 to 99 would be taken for those of the 20th century.
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}
