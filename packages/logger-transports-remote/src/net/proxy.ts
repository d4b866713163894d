import { type ConfigIssue } from '@metaexpert/logger-core';
import { isIPv4 } from 'node:net';
import { type RemoteError } from '../errors';
import { isLoopback } from './loopback';
import { parseTarget, type Schemes, type Target } from './target';

const PROXY_SCHEMES: Schemes = { https: { wire: 'tls', port: 443 }, http: { wire: 'tcp', port: 3128 } };

/**
 * The proxy on the way to a target, if any.
 *
 * @param option - the destination's own `proxy`: an address, or false for none
 * @param environment - where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are looked up when there is no option; only
 *   for http(s) targets, as everywhere else
 */
export function proxyFor(
  target: Target,
  option: string | false | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Target | undefined {
  if (option !== undefined) return option === false ? undefined : parseTarget(option, PROXY_SCHEMES);
  if (target.scheme !== 'http' && target.scheme !== 'https') return undefined;
  const name = `${target.scheme}_proxy`;
  // Never HTTP_PROXY in upper case under CGI, where a request's "Proxy" header would set it (CVE-2016-5385).
  const upper =
    target.scheme === 'http' && environment['REQUEST_METHOD'] !== undefined ? undefined : name.toUpperCase();
  const url = environment[name] ?? (upper === undefined ? undefined : environment[upper]);
  if (url === undefined || url === '') return undefined;
  const exceptions = environment['no_proxy'] ?? environment['NO_PROXY'] ?? '';
  if (isLoopback(target.host) || isExcepted(target, exceptions)) return undefined;
  return parseTarget(url.includes('://') ? url : `http://${url}`, PROXY_SCHEMES);
}

export function checkProxy(option: string | false | undefined): ConfigIssue[] {
  if (option === undefined || option === false) return [];
  try {
    parseTarget(option, PROXY_SCHEMES);
    return [];
  } catch (thrown) {
    return [{ path: 'proxy', message: (thrown as RemoteError).message }];
  }
}

/** `Proxy-Authorization` for a proxy whose address has a user (RFC 7617). */
export function proxyAuthorization({ username, password }: Target): string | undefined {
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
}

/** `NO_PROXY`: `*`, names, `.suffixes`, addresses, each with a port or without, and IPv4 ranges (`10.0.0.0/8`). */
function isExcepted({ host, port }: Target, exceptions: string): boolean {
  const name = host.toLowerCase();
  return exceptions
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((exception) => {
      if (exception === '*') return true;
      const [, pattern = '', wantedPort] = /^(.*?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? [];
      if (wantedPort !== undefined && Number(wantedPort) !== port) return false;
      if (pattern.includes('/')) return inRange(name, pattern);
      const suffix = pattern.replace(/^\*?\./, '');
      return name === suffix || name.endsWith(`.${suffix}`);
    });
}

function inRange(host: string, range: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  if (!isIPv4(host) || !isIPv4(network)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(numberOf(host) / size) === Math.floor(numberOf(network) / size);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
