import { type RemoteOptions } from '../plugin/remote-options';
import { type RemoteParts } from '../plugin/define-remote';
import { AUTH_SCHEMA, Auth, type AuthOptions } from './auth';
import { COMPRESSION_SCHEMA, type Compression } from './compress';
import { HEADERS_SCHEMA, secretsOf } from './header-schema';
import { HttpClient } from './http-client';
import { type HttpDialect, HttpTransport } from './http-transport';
import { type Schemes } from '../net/target';

/** What every destination on HTTP takes. */
export interface HttpCommonOptions extends RemoteOptions {
  auth?: AuthOptions;
  /** @default 'none' */
  compression?: Compression;
  /** More headers, on every request. */
  headers?: Record<string, string>;
}

export const HTTP_SCHEMES: Schemes = { http: { wire: 'tcp', port: 80 }, https: { wire: 'tls', port: 443 } };

export const HTTP_SCHEMA = {
  auth: AUTH_SCHEMA,
  compression: COMPRESSION_SCHEMA,
  headers: HEADERS_SCHEMA,
};

/** The transport of a store on HTTP. @param tokenWord - the word before a bearer token */
export function httpTransport(
  options: HttpCommonOptions,
  { target, dialer, forwardProxy }: RemoteParts,
  dialect: HttpDialect,
  tokenWord?: string,
): HttpTransport {
  const { compression = 'none', concurrency = 1, headers = {} } = options;
  const auth = new Auth(options.auth, target, { tokenWord, secrets: secretsOf(headers, target.path) });
  const client = new HttpClient({ dialer, auth, compression, connections: concurrency, forwardProxy });
  const request = (batch: Parameters<HttpDialect['request']>[0]): ReturnType<HttpDialect['request']> => {
    const own = dialect.request(batch);
    return { ...own, headers: { ...own.headers, ...headers } };
  };
  return new HttpTransport({ client, auth, dialect: { ...dialect, request } });
}
