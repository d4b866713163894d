import { definePlugin, type DestinationOptions, withPlugin } from '@metaexpert/logger-core';
import { withEncryption } from './options/with-encryption';
import { checkFileOptions } from './options/check-file-options';
import { FILE_SCHEMA, type FileOptions } from './options/file-options';
import { resolveFileSettings } from './options/file-settings';
import { FileTransport } from './file-transport';

/** What `type: 'file'` in plain configuration means. */
export const filePlugin = definePlugin<FileOptions>({
  kind: 'transport',
  type: 'file',
  schema: FILE_SCHEMA,
  // A disk is either well or not: the first failure is worth saying, and trying again soon costs little.
  defaults: { retry: { minDelayMs: 50, maxDelayMs: 500 }, breaker: { failures: 1, cooldownMs: 50 } },
  check: checkFileOptions,
  create: (options, { diagnostics, stage }) =>
    new FileTransport({
      settings: withEncryption(resolveFileSettings(options), options.encrypt),
      multiline: !isJson(options.format),
      diagnostics,
      stage,
    }),
});

/** Only of JSON it is known that a record is one line. */
function isJson(format: FileOptions['format'] = 'json'): boolean {
  return format === 'json' || (typeof format === 'object' && format.name === 'json');
}

/**
 * A destination in a file, rotated by date or size, written by a thread of its own.
 *
 * @example
 * createLogger({ destinations: [file({ path: 'logs/app.log', maxSize: '20m', maxFiles: 10 })] });
 */
export function file(options: FileOptions): DestinationOptions {
  return withPlugin({ ...options, type: 'file' }, filePlugin);
}
