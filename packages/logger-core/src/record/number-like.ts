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
  const { _isBigNumber, isBigNumber, __isLong__, constructor } = value as NumberMarks;
  const marked =
    _isBigNumber === true || isBigNumber === true || __isLong__ === true || typeof constructor?.isBN === 'function';
  return marked ? ownText(value) : undefined;
}

/** The text of a number of any other make, known by its `toFixed`. */
export function decimalText(value: object): string | undefined {
  return typeof (value as NumberMarks).toFixed === 'function' ? ownText(value) : undefined;
}

function ownText(value: object): string | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- compared, not called
  return value.toString === Object.prototype.toString ? undefined : String(value);
}
