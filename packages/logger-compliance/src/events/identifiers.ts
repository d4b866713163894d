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

/** Whether a text is a time in UTC down to a second or finer (RFC 3339 and RTS 24: `YYYY-MM-DDThh:mm:ss.ddddddZ`). */
export function isUtcTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(text)) return false;
  const time = Date.parse(text);
  // For the engine the 30th of February is the 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text.slice(0, 10));
}
