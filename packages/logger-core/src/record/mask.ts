/** What `redact` takes. Core masks by key; the compliance package does the rest. */
export interface RedactOptions {
  /** More keys to mask, beside the default ones; compared without case, `_`, `-`, `.` and spaces. */
  keys?: readonly string[];
  /** Whether the default secret keys are masked. @default true */
  defaults?: boolean;
}

/** The default secret keys, normalised. `token` alone is masked; `baseToken` and the like name coins and are not. */
export const DEFAULT_SECRET_KEYS: readonly string[] = [
  'password', 'passwd', 'pwd', 'passphrase', 'secret', 'token', 'auth', 'authorization', 'proxyauthorization',
  'apikey', 'apisecret', 'secretkey', 'privatekey', 'accesskey', 'signingkey', 'encryptionkey', 'clientsecret',
  'accesstoken', 'refreshtoken', 'authtoken', 'bearertoken', 'sessiontoken', 'idtoken', 'bearer', 'jwt',
  'signature', 'credential', 'credentials', 'mnemonic', 'seedphrase', 'listenkey', 'cookie', 'setcookie',
  'xmbxapikey', 'okaccesskey', 'okaccesssign', 'okaccesspassphrase', 'xbapiapikey', 'xbapisign', 'xapikey',
]; // prettier-ignore

const DEFAULTS: ReadonlySet<string> = new Set(DEFAULT_SECRET_KEYS);

/** Endings that make a longer key a secret too: `binanceApiKey`, `db_password`, `wallet.private-key`. */
const SECRET_ENDINGS = /(?:password|passphrase|secret|apikey|apisecret|secretkey|privatekey|accesstoken|refreshtoken)$/;

/** A number behind a name: `apiSecret1`, `secret_2`. Behind these two names it makes names of something else. */
const NUMBER = /(?<!\d)\d{1,4}$/;
const NEVER_NUMBERED: ReadonlySet<string> = new Set(['token', 'auth']);

const MASKED = /^\*\*\*.{0,4}$/s;

/** The key without case and separators, so that `apiKey`, `API_KEY` and `api-key` are one. */
function normalizeKey(key: string): string {
  return key.replace(/[_\-.\s]/g, '').toLowerCase();
}

/** Builds the question "is this key a secret?" from the options. */
export function createSecretTest(options: RedactOptions | false | undefined): (key: string) => boolean {
  if (options === false) return () => false;
  const defaults = options?.defaults !== false;
  const keys = new Set<string>(defaults ? DEFAULT_SECRET_KEYS : []);
  for (const key of options?.keys ?? []) keys.add(normalizeKey(key));
  return (key) => {
    const name = normalizeKey(key);
    if (keys.has(name)) return true;
    if (!defaults) return false;
    const bare = name.replace(NUMBER, '');
    return SECRET_ENDINGS.test(bare) || (!NEVER_NUMBERED.has(bare) && DEFAULTS.has(bare));
  };
}

/** `***` and the last four characters when there are more than eight, else `***`. */
export function mask(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return '***';
  const text = String(value);
  // A record that a processor touched passes here twice; what is masked already stays as it is.
  if (text.length <= 7 && MASKED.test(text)) return text;
  return text.length > 8 ? '***' + text.slice(-4) : '***';
}
