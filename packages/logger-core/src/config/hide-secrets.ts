import { createSecretTest } from '../record/mask';

const isSecretKey = createSecretTest(undefined);

/** `user:password@` of an address: RFC 3986, section 3.2.1. */
const USERINFO = /(?<=:\/\/)[^/?#\s]+@/g;

/** Deeper than this an option is not looked into, and not shown. */
const MAX_DEPTH = 8;

/** A value of the configuration as it may be shown: secret keys, passwords in addresses and private keys are masked. */
export function hideSecrets(path: string, value: unknown, depth = 0): unknown {
  const key = /([^.[\]]+)(?:\[\d+\])*$/.exec(path)?.[1] ?? '';
  if (depth > MAX_DEPTH || (isSecretKey(key) && value !== undefined && typeof value !== 'boolean')) return '***';
  if (typeof value === 'string') return value.includes('PRIVATE KEY-----') ? '***' : value.replace(USERINFO, '***@');
  if (Array.isArray(value)) return value.map((element: unknown) => hideSecrets(path, element, depth + 1));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hideSecrets(name, inner, depth + 1)]));
}
