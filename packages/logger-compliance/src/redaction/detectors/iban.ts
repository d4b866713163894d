import { type Detector } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

/** Lengths by country, from the IBAN registry (ISO 13616). */
const LENGTHS = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** In one piece, or in groups of four as it is printed; anything else with hyphens in it is more likely a UUID. */
const CANDIDATE =
  /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[A-Z0-9]{11,30}|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,4}(?![A-Z0-9]))?)/gi;

/** Bank account numbers: a country's length and the check digits (ISO 13616, modulo 97 by ISO/IEC 7064). */
export const iban: Detector = {
  name: 'iban',
  needs: Shape.digits4,
  minLength: 15,
  plain: { maxRunChars: 14, blanks: false },
  *find(text) {
    for (const { 0: found, index } of findAll(CANDIDATE, text)) {
      const length = LENGTHS.get(found.slice(0, 2).toUpperCase());
      const end = length === undefined ? undefined : endOf(found, length);
      if (end === undefined || /[A-Za-z0-9]/.test(text.charAt(index + end))) continue;
      if (hasCheckDigits(found.slice(0, end))) yield { start: index, end: index + end };
    }
  },
};

/** Where so many letters and digits end; what follows may be the next word. */
function endOf(text: string, length: number): number | undefined {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== ' ' && text[i] !== '-' && ++count === length) return i + 1;
  }
  return undefined;
}

function hasCheckDigits(text: string): boolean {
  const compact = text.replace(/[ -]/g, '').toUpperCase();
  let rest = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
