/** What marks the numbers of the libraries that keep them exact; each on the prototype, or on the constructor. */
interface NumberMarks {
  /** bignumber.js, ethers 5. */
  readonly _isBigNumber?: unknown;
  /** mathjs. */
  readonly isBigNumber?: unknown;
  /** long, as in protobuf. */
  readonly __isLong__?: unknown;
  readonly toFixed?: unknown;
  /** bn.js says so on its class. */
  readonly constructor?: { readonly isBN?: unknown };
}

/**
 * The digits of an exact number whose own `toJSON` gives something else: bn.js gives hexadecimal without saying so,
 * ethers and mathjs an object, long has none. Undefined for everything else.
 */
export function exactDigits(value: object): string | undefined {
  return isMarked(value as NumberMarks) ? ownText(value) : undefined;
}

/** The text of a number of any other make, known by its `toFixed`. */
export function decimalText(value: object): string | undefined {
  return typeof (value as NumberMarks).toFixed === 'function' ? ownText(value) : undefined;
}

/** Whether a value is a number of one of these makes. */
export function isNumberLike(value: object): boolean {
  return (isMarked(value as NumberMarks) || typeof (value as NumberMarks).toFixed === 'function') && hasOwnText(value);
}

function isMarked({ _isBigNumber, isBigNumber, __isLong__, constructor }: NumberMarks): boolean {
  return (
    _isBigNumber === true || isBigNumber === true || __isLong__ === true || typeof constructor?.isBN === 'function'
  );
}

function hasOwnText(value: object): boolean {
  return value.toString !== Object.prototype.toString;
}

function ownText(value: object): string | undefined {
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- seen to have a text of its own
  return hasOwnText(value) ? String(value) : undefined;
}
