import { nearestWord } from '@metaexpert/logger-core';
import { RemoteError } from '../errors';

/** What a URL scheme means: how the bytes travel, and to which port when the URL names none. */
interface SchemeRule {
  readonly wire: 'udp' | 'tcp' | 'tls';
  readonly port: number;
}

export type Schemes = Readonly<Record<string, SchemeRule>>;

/** Where a destination delivers to: a URL, taken apart. */
export interface Target extends SchemeRule {
  readonly scheme: string;
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Scheme, host and port: how messages name the server. Has no secret in it. */
  readonly where: string;
}

/** @throws RemoteError MXL_REMOTE_ADDRESS, saying what is allowed; the text never holds the URL's password */
export function parseTarget(url: string, schemes: Schemes): Target {
  if (!URL.canParse(url)) throw new RemoteError('MXL_REMOTE_ADDRESS', `is not a URL (such as ${example(schemes)})`);
  const { protocol, hostname, port, pathname, search, username, password } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const rule = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (rule === undefined) {
    const known = Object.keys(schemes);
    const near = nearestWord(scheme, known);
    const hint = near === undefined ? '' : ` (did you mean '${near}://'?)`;
    throw new RemoteError('MXL_REMOTE_ADDRESS', `'${scheme}://' is not one of ${list(known)}${hint}`);
  }
  if (hostname === '') throw new RemoteError('MXL_REMOTE_ADDRESS', `names no host (such as ${example(schemes)})`);
  const actualPort = port === '' ? rule.port : Number(port);
  if (actualPort === 0) throw new RemoteError('MXL_REMOTE_ADDRESS', 'names port 0, where nobody can listen');
  return {
    scheme,
    wire: rule.wire,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: actualPort,
    path: (pathname === '' ? '/' : pathname) + search,
    username: decoded(username),
    password: decoded(password),
    where: `${scheme}://${hostname}:${actualPort}`,
  };
}

function decoded(text: string): string | undefined {
  if (text === '') return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a lone % that is no escape is itself
  }
}

function list(known: readonly string[]): string {
  return known.map((name) => `${name}://`).join(', ');
}

function example(schemes: Schemes): string {
  return Object.entries(schemes)
    .slice(-1)
    .map(([name, { port }]) => `${name}://host:${port}`)
    .join('');
}
