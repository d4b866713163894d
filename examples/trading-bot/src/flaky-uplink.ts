import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import {
  definePlugin,
  type DestinationOptions,
  type Entry,
  type Transport,
  withPlugin,
  type WriteResult,
} from '@metaexpert/logger-core';

import { type Outage } from './outage';

/** Stands for a service far away: it keeps what it is sent in a file, unless an outage keeps it from answering. */
class FlakyUplink implements Transport {
  readonly #path: string;
  readonly #outage: Outage;

  constructor(path: string, outage: Outage) {
    this.#path = path;
    this.#outage = outage;
  }

  async write(batch: readonly Entry[]): Promise<WriteResult> {
    if (this.#outage.blocks()) return { status: 'retry', error: new Error('connection refused (made up)') };
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await appendFile(this.#path, batch.map(({ payload }) => `${payload}\n`).join(''));
    } catch (error) {
      return { status: 'retry', error: error as Error };
    }
    return { status: 'delivered' };
  }
}

export interface FlakyUplinkOptions extends Omit<DestinationOptions, 'type'> {
  readonly path: string;
  /** The demonstration's own switch. */
  readonly outage: Outage;
}

/** A destination of one's own: the plain options of one, carrying along the plugin that knows its type. */
export function flakyUplink({ outage, ...options }: FlakyUplinkOptions): DestinationOptions {
  const plugin = definePlugin({
    kind: 'transport',
    type: 'flaky-uplink',
    schema: { type: 'object', properties: { path: { type: 'string', minLength: 1 } }, required: ['path'] },
    create: ({ path }: { path: string }) => new FlakyUplink(path, outage),
  });
  return withPlugin({ ...options, type: plugin.type }, plugin);
}
