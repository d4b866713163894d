/** Money and quantities without floats: a whole number of hundred-millionths, the way exchanges count. */
export type Amount = bigint;

const decimals = 8;
const one = 10n ** BigInt(decimals);
const pattern = /^(-?)(\d+)(?:\.(\d+))?$/;

/** @throws RangeError when the text is not a plain decimal number, or is finer than a hundred-millionth. */
export function parseAmount(text: string): Amount {
  const [, sign, whole, fraction = ''] = pattern.exec(text) ?? [];
  if (whole === undefined) throw new RangeError(`'${text}' is not a decimal number`);
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) throw new RangeError(`'${text}' has more than ${decimals} decimals`);
  const units = BigInt(whole) * one + BigInt(digits.padEnd(decimals, '0'));
  return sign === '-' ? -units : units;
}

/** The shortest exact text: `64123.5`, `0.015`, `-2`. */
export function formatAmount(amount: Amount): string {
  const units = amount < 0n ? -amount : amount;
  const fraction = String(units % one)
    .padStart(decimals, '0')
    .replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${units / one}${fraction && '.'}${fraction}`;
}

/** a × b, rounded to the nearest unit, halves away from zero. */
export function multiply(a: Amount, b: Amount): Amount {
  const product = a * b;
  const half = product < 0n ? -one / 2n : one / 2n;
  return (product + half) / one;
}

/** a ÷ b, cut off towards zero: a quantity that the money is enough for. */
export function divide(a: Amount, b: Amount): Amount {
  return (a * one) / b;
}

/** The largest multiple of `step` that is not over `amount`. */
export function floorTo(step: Amount, amount: Amount): Amount {
  return amount - (amount % step);
}

/** For indicators and drawing lots; never to be turned back into money that somebody owns. */
export function toNumber(amount: Amount): number {
  return Number(amount) / Number(one);
}
