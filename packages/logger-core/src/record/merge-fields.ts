import { type Fields } from './log-record';

/**
 * Two sets of fields as one; the upper value of a key wins. When a getter throws, each stays a getter, so that reading
 * it happens under the encoder's guard; an object that cannot even be listed (a proxy) leaves a placeholder.
 */
export function mergeFields(under: Readonly<Fields> | undefined, over: object | undefined): Fields {
  try {
    // A spread takes a tenth of the time of key by key.
    return under === undefined ? { ...over } : { ...under, ...over };
  } catch {
    const merged: Fields = {};
    copyFields(under, merged);
    copyFields(over, merged);
    return merged;
  }
}

/** The same fields but for some; their getters are not run. */
export function withoutKeys(fields: Readonly<Fields>, ...keys: readonly string[]): Fields {
  const rest: Fields = {};
  copyFields(fields, rest);
  for (const key of keys) Reflect.deleteProperty(rest, key);
  return rest;
}

/** Copies fields without running their getters. */
export function copyFields(from: object | undefined, to: Fields): void {
  if (from === undefined) return;
  try {
    // By hand: a spread would run the caller's getters outside of any guard.
    for (const key of Object.keys(from)) {
      const descriptor = Object.getOwnPropertyDescriptor(from, key);
      if (descriptor === undefined) continue;
      // Defining a property takes ten times as long as setting it.
      if ('value' in descriptor && key !== '__proto__') to[key] = descriptor.value as unknown;
      else Object.defineProperty(to, key, { ...descriptor, configurable: true });
    }
  } catch {
    to['fields'] = '[Throws: its keys cannot be read]';
  }
}
