import { type DestinationOptions } from '@metaexpert/logger-core';
import { type RemoteLogDestination } from './parameters';

/** What a URL's scheme means, and the scheme of the same with TLS. */
const SCHEMES: Readonly<Record<string, { readonly type: string; readonly secure: string }>> = {
  http: { type: 'http', secure: 'https' },
  https: { type: 'http', secure: 'https' },
  'syslog+udp': { type: 'syslog', secure: 'syslog+tls' },
  'syslog+tcp': { type: 'syslog', secure: 'syslog+tls' },
  'syslog+tls': { type: 'syslog', secure: 'syslog+tls' },
  relp: { type: 'relp', secure: 'relps' },
  relps: { type: 'relp', secure: 'relps' },
  tcp: { type: 'tcp', secure: 'tls' },
  tls: { type: 'tcp', secure: 'tls' },
  udp: { type: 'udp', secure: 'udp' },
  nats: { type: 'nats', secure: 'nats+tls' },
  'nats+tls': { type: 'nats', secure: 'nats+tls' },
  redis: { type: 'redis', secure: 'rediss' },
  rediss: { type: 'redis', secure: 'rediss' },
  amqp: { type: 'rabbitmq', secure: 'amqps' },
  amqps: { type: 'rabbitmq', secure: 'amqps' },
  kafka: { type: 'kafka', secure: 'kafka+tls' },
  'kafka+tls': { type: 'kafka', secure: 'kafka+tls' },
};

const KEYS = ['url', 'auth_token', 'format', 'tls_enabled', 'tls_verify', 'compression_enabled'];

type Given = Readonly<Record<string, unknown>>;

/** A remote destination of MetaExpert's template as core's options; what it asks in vain is told by the schema of its type. */
export function toRemoteDestination(destination: RemoteLogDestination, index: number): DestinationOptions {
  const given = inSnakeCase(destination as unknown as Given) as unknown as RemoteLogDestination;
  const scheme = schemeOf(given.url);
  const { type = 'http', secure = scheme } = SCHEMES[scheme] ?? {};
  return {
    type,
    name: `remote-${index + 1}`,
    url: given.tls_enabled === true ? given.url.replace(scheme, secure) : given.url,
    ...(given.format !== undefined && { format: given.format }),
    ...(given.auth_token !== undefined && { auth: { bearer: given.auth_token } }),
    ...(given.tls_verify === false && { tls: { dangerouslyAcceptAnyCertificate: true } }),
    ...(given.compression_enabled === true && { compression: 'gzip' }),
  };
}

/** What is wrong with a list of them; undefined when nothing is. */
export function checkRemoteDestinations(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'is not an array';
  for (const one of value as readonly unknown[]) {
    if (typeof one !== 'object' || one === null) return 'has an entry that is not an object';
    const given = inSnakeCase(one as Given);
    const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
    if (unknown !== undefined) return `has an unknown key '${unknown}'; known are ${KEYS.join(', ')}`;
    if (typeof given['url'] !== 'string' || SCHEMES[schemeOf(given['url'])] === undefined)
      return `has no url whose scheme is one of ${Object.keys(SCHEMES).join(', ')}`;
  }
  return undefined;
}

function schemeOf(url: string): string {
  return url.split('://', 1)[0] ?? '';
}

/** `authToken` and `auth_token` are the same. */
function inSnakeCase(given: Given): Given {
  const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [snake(key), value]));
}
