import { type CommonDestinationOptions, type DestinationOptions } from '../config/logger-options';
import { definePlugin, withPlugin } from '../plugin/plugin';
import { ConsoleTransport } from './console-transport';

/** Options of the `console` destination, beside those common to all. */
export interface ConsoleOptions extends CommonDestinationOptions {
  /** @default 'stdout' */
  stream?: 'stdout' | 'stderr';
}

export const consolePlugin = definePlugin<ConsoleOptions>({
  kind: 'transport',
  type: 'console',
  schema: { type: 'object', properties: { stream: { enum: ['stdout', 'stderr'] } } },
  defaults: {
    batch: { maxDelayMs: 0 },
    retry: { minDelayMs: 10, maxDelayMs: 100 },
    breaker: { failures: 1000, cooldownMs: 100 },
  },
  create: ({ stream = 'stdout' }) => new ConsoleTransport(stream),
});

/**
 * A destination on the console.
 *
 * @example
 * createLogger({ destinations: [consoleOutput({ format: 'pretty' })] });
 */
export function consoleOutput(options: ConsoleOptions = {}): DestinationOptions {
  return withPlugin({ ...options, type: 'console' }, consolePlugin);
}
