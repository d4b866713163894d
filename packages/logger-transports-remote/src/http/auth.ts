import { type ConfigIssue, toError } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';
import { type Target } from '../net/target';

/** How requests say who sends them: one of these. A user in the URL counts as `basic`. */
export interface AuthOptions {
  /** RFC 7617. */
  basic?: { username: string; password: string };
  /** A token that never changes (RFC 6750). */
  bearer?: string;
  /** A header of the server's own, such as `X-Api-Key`. */
  header?: { name: string; value: string };
  /** Gives a bearer token; called before the first request, and again when the server answers 401. In code only. */
  token?: () => string | Promise<string>;
}

const text = { type: 'string', minLength: 1 };

export const AUTH_SCHEMA = {
  type: 'object',
  properties: {
    basic: {
      type: 'object',
      properties: { username: text, password: { type: 'string' } },
      required: ['username', 'password'],
      additionalProperties: false,
    },
    bearer: text,
    header: {
      type: 'object',
      properties: {
        name: {
          type: 'string',
          pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$",
          description: "a header's name: letters, digits and !#$%&'*+.^_`|~-",
        },
        value: text,
      },
      required: ['name', 'value'],
      additionalProperties: false,
    },
    token: {},
  },
  additionalProperties: false,
};

/** RFC 9110, section 5.5: what Node refuses to send. */
const NOT_IN_HEADERS = /[^\t\x20-\x7e\x80-\xff]/;

export function checkAuth(auth: AuthOptions | undefined): ConfigIssue[] {
  if (auth === undefined) return [];
  const kinds = Object.keys(auth);
  if (kinds.length !== 1) return [{ path: 'auth', message: 'is not exactly one of basic, bearer, header, token' }];
  if (auth.token !== undefined && typeof auth.token !== 'function') {
    return [{ path: 'auth.token', message: 'is not a function that gives a token' }];
  }
  const secret = auth.bearer ?? auth.header?.value ?? '';
  return NOT_IN_HEADERS.test(secret) ? [{ path: 'auth', message: 'holds what no header may hold' }] : [];
}

export interface AuthParts {
  /** The word before a bearer token; Splunk has one of its own. @default 'Bearer' */
  readonly tokenWord?: string | undefined;
  /** More that must not be seen. */
  readonly secrets?: readonly string[];
}

/** The header that says who sends, and the secrets that must not be seen elsewhere. */
export class Auth {
  readonly #options: AuthOptions;
  readonly #scheme: string;
  readonly #secrets: readonly string[];
  #token: string | undefined;

  constructor(
    options: AuthOptions | undefined,
    { username, password = '' }: Partial<Target>,
    { tokenWord = 'Bearer', secrets = [] }: AuthParts = {},
  ) {
    this.#options = options ?? (username === undefined ? {} : { basic: { username, password } });
    this.#scheme = tokenWord;
    this.#secrets = secrets;
  }

  /** Whether asking for a new token may help against a 401. */
  get refreshable(): boolean {
    return this.#options.token !== undefined;
  }

  /** Forgets the token: the next request asks for another. */
  expire(): void {
    this.#token = undefined;
  }

  /** @throws RemoteError MXL_REMOTE_AUTH when there is no token to be had */
  async headers(): Promise<Record<string, string>> {
    const { basic, bearer, header, token } = this.#options;
    if (basic !== undefined) {
      return { Authorization: `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}` };
    }
    if (header !== undefined) return { [header.name]: header.value };
    if (token !== undefined) this.#token ??= await fetchToken(token);
    const value = bearer ?? this.#token;
    return value === undefined ? {} : { Authorization: `${this.#scheme} ${value}` };
  }

  /** A server's words, which may repeat what it was sent, without the secrets. */
  hide(words: string): string {
    const { basic, bearer, header } = this.#options;
    const encoded = basic && Buffer.from(`${basic.username}:${basic.password}`).toString('base64');
    const secrets = [bearer, this.#token, header?.value, basic?.password, encoded, ...this.#secrets];
    return secrets.reduce<string>((shown, secret) => (secret ? shown.replaceAll(secret, '***') : shown), words);
  }
}

async function fetchToken(token: NonNullable<AuthOptions['token']>): Promise<string> {
  try {
    const value: unknown = await token();
    if (typeof value === 'string' && value !== '' && !/[\r\n]/.test(value)) return value;
  } catch (thrown) {
    throw new RemoteError('MXL_REMOTE_AUTH', `the token callback failed: ${toError(thrown).name}`, thrown);
  }
  throw new RemoteError('MXL_REMOTE_AUTH', 'the token callback gave no token');
}
