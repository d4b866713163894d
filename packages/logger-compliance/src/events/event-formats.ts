import { isDecimal, isDti, isLei, isUtcTime } from './identifiers';

/** Forms of texts that JSON Schema has no word for. */
export const EVENT_FORMATS: Readonly<
  Record<string, { readonly check: (text: string) => boolean; readonly what: string }>
> = {
  'decimal': { check: isDecimal, what: `a decimal number as text, such as '0.015'` },
  'lei': { check: isLei, what: 'a legal entity identifier with the right check digits (ISO 17442)' },
  'dti': { check: isDti, what: 'a digital token identifier with the right check character (ISO 24165)' },
  'utc-time': { check: isUtcTime, what: `a time in UTC, such as '2026-11-21T08:00:00.123456Z'` },
}; // prettier-ignore
