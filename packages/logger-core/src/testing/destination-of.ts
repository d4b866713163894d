import { type DestinationOptions } from '../config/logger-options';
import { definePlugin, withPlugin } from '../plugin/plugin';
import { type Transport } from '../transport/transport';

/**
 * A destination around a transport that a test holds in its hand.
 *
 * @example
 * const collected = new CollectingTransport();
 * createLogger({ destinations: [destinationOf(collected)] });
 */
export function destinationOf(transport: Transport, options: Partial<DestinationOptions> = {}): DestinationOptions {
  const plugin = definePlugin({ kind: 'transport', type: 'test', create: () => transport });
  return withPlugin({ ...options, type: 'test' }, plugin);
}
