import { type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { defineRemote } from '../plugin/define-remote';
import { type RemoteOptions } from '../plugin/remote-options';
import { RedisTransport } from './redis-transport';

/** Options of a `redis` destination. User, password and number of the database are in the URL. */
export interface RedisOptions extends RemoteOptions {
  /** Key of the stream. @default 'logs' */
  stream?: string;
  /** About how many entries the stream keeps (`MAXLEN ~`). @default all */
  maxLength?: number;
}

/** What `type: 'redis'` in plain configuration means. */
export const redisPlugin = defineRemote<RedisOptions>({
  type: 'redis',
  schemes: { redis: { wire: 'tcp', port: 6379 }, rediss: { wire: 'tls', port: 6379 } },
  schema: { stream: { type: 'string', minLength: 1 }, maxLength: { type: 'integer', minimum: 1 } },
  create: ({ stream = 'logs', maxLength }, { dialer }) => new RedisTransport({ dialer, stream, maxLength }),
});

/**
 * Appends records to a Redis stream, as entries of `id`, `level` and `record`.
 *
 * @example
 * createLogger({ destinations: [redis({ url: 'rediss://bot:password@redis.example.com', stream: 'logs', maxLength: 1e6 })] });
 */
export function redis(options: RedisOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'redis' }, redisPlugin);
}
