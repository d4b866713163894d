import { definePlugin, type SpoolOptions } from '@metaexpert/logger-core';
import { resolve } from 'node:path';
import { ThreadedSpool } from './threaded-spool';

const DEFAULT_MAX_BYTES = 268_435_456;

/**
 * What `queue: { overflow: 'spool' }` means: a bounded queue in a folder of its own, which outlives the process. The
 * destinations of this package bring it along; for others put it into `plugins`.
 *
 * @example
 * createLogger({
 *   plugins: [spoolPlugin],
 *   destinations: [{ ...destination, spool: { dir: 'spool/store', maxBytes: 1_073_741_824 } }],
 * });
 */
export const spoolPlugin = definePlugin<SpoolOptions>({
  kind: 'spool',
  type: 'disk',
  schema: {
    type: 'object',
    properties: {
      dir: { type: 'string', minLength: 1 },
      maxBytes: { type: 'integer', minimum: 1 },
      fsync: { type: 'boolean' },
    },
    required: ['dir'],
    additionalProperties: false,
  },
  create:
    ({ dir, maxBytes = DEFAULT_MAX_BYTES, fsync = false }) =>
    (events) =>
      new ThreadedSpool({ dir: resolve(dir), maxBytes, fsync }, events),
});
