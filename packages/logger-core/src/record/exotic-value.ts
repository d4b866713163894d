import { types } from 'node:util';
import { MAX_BREADTH, MAX_RECORD_BYTES } from './limits';
import { decimalText, exactDigits, isNumberLike } from './number-like';

/** What an object that is not a plain bag of keys holds. */
export type ExoticContent =
  | { readonly scalar: unknown }
  | { readonly members: object; readonly size: number }
  | { readonly elements: Iterable<unknown>; readonly length: number };

/** Bytes of a Buffer whose base64 text is as long as a whole record may be. */
const MAX_BUFFER_BYTES = (MAX_RECORD_BYTES / 4) * 3;

/**
 * The content of a value that is more than its keys: Date, URL, RegExp, Map, Set, typed arrays, Buffer (base64),
 * boxed primitives, exact numbers (their digits), and everything with a `toJSON` of its own.
 * Undefined for a plain object or an instance without one. May throw: the caller guards.
 *
 * @param plain - what {@link isPlainObject} says of it
 */
export function unwrapExotic(value: object, plain: boolean): ExoticContent | undefined {
  // A literal has its own or none; looking through its prototype for what is not there takes longer than its keys do.
  if (plain) return Object.hasOwn(value, 'toJSON') ? unwrapToJSON(value) : undefined;
  return unwrapBuiltIn(value) ?? unwrapInstance(value);
}

/** Whether a value is more than its keys, so that its keys alone do not tell what it says. Never throws. */
export function isExotic(value: object): boolean {
  try {
    if (isPlainObject(value) || types.isProxy(value) || Object.getPrototypeOf(value) === null) return false;
    return isBuiltIn(value) || typeof (value as { toJSON?: unknown }).toJSON === 'function' || isNumberLike(value);
  } catch {
    return false;
  }
}

function isBuiltIn(value: object): boolean {
  return (
    types.isDate(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isPromise(value) ||
    value instanceof URLSearchParams
  );
}

/** Ten questions to V8 (0.5 µs) are spared for what a literal made. A built-in in disguise of one is its keys. */
export function isPlainObject(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype && !types.isProxy(value);
}

function unwrapBuiltIn(value: object): ExoticContent | undefined {
  if (types.isDate(value)) return { scalar: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString() };
  if (types.isMap(value)) return unwrapMap(value);
  if (types.isSet(value)) return { elements: value, length: value.size };
  if (ArrayBuffer.isView(value)) return unwrapView(value);
  if (types.isAnyArrayBuffer(value)) return unwrapView(new Uint8Array(value));
  if (types.isRegExp(value)) return { scalar: value.toString() };
  if (types.isBoxedPrimitive(value)) return { scalar: value.valueOf() };
  if (types.isPromise(value)) return { scalar: '[Promise]' };
  if (types.isWeakMap(value) || types.isWeakSet(value)) return { scalar: '[Weak]' };
  return undefined;
}

function unwrapInstance(value: object): ExoticContent | undefined {
  const digits = exactDigits(value);
  if (digits !== undefined) return { scalar: digits };
  const content = unwrapToJSON(value);
  if (content !== undefined) return content;
  if (value instanceof URLSearchParams) return { scalar: value.toString() };
  const text = decimalText(value);
  return text === undefined ? undefined : { scalar: text };
}

function unwrapToJSON(value: object): ExoticContent | undefined {
  const toJSON: unknown = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJSON !== 'function') return undefined;
  const result: unknown = toJSON.call(value);
  return result === value ? undefined : { scalar: result };
}

function unwrapMap(map: Map<unknown, unknown>): ExoticContent {
  // Null prototype: a key called `__proto__` is a key like any other.
  const members = Object.create(null) as Record<string, unknown>;
  let count = 0;
  for (const [key, element] of map) {
    if (++count > MAX_BREADTH + 1) break;
    if ((typeof key !== 'string' && typeof key !== 'number') || String(key) in members) {
      return { elements: pairsOf(map), length: map.size };
    }
    members[String(key)] = element;
  }
  return { members, size: map.size };
}

/** A map that no object can stand for, entry by entry; a text key stays a key, so that a secret one is seen as such. */
function* pairsOf(map: Map<unknown, unknown>): Iterable<unknown> {
  for (const pair of map) yield typeof pair[0] === 'string' ? Object.fromEntries([pair]) : pair;
}

function unwrapView(view: ArrayBufferView): ExoticContent {
  if (Buffer.isBuffer(view)) return { scalar: encodeBuffer(view) };
  if (view instanceof DataView) return unwrapView(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  const elements = view as unknown as { length: number } & Iterable<number | bigint>;
  return { elements, length: elements.length };
}

function encodeBuffer(buffer: Buffer): string {
  if (buffer.length <= MAX_BUFFER_BYTES) return buffer.toString('base64');
  const missing = buffer.length - MAX_BUFFER_BYTES;
  return `${buffer.toString('base64', 0, MAX_BUFFER_BYTES)}[Truncated: ${missing} bytes]`;
}
