import {
  consoleOutput,
  createPretty,
  type CommonDestinationOptions,
  type DestinationOptions,
  type Level,
  type LoggerOptions,
  parseLevel,
} from '@metaexpert/logger-core';
import { redactPlugin } from '@metaexpert/logger-compliance';
import { formatterPlugins } from '@metaexpert/logger-formatters';
import { file } from '@metaexpert/logger-transports-file';
import { remotePlugins } from '@metaexpert/logger-transports-remote';
import { join } from 'node:path';
import { toRemoteDestination } from './remote-destination';
import { type ResolvedMetaConfig } from './resolve-parameters';
import { type ResolvedParameters } from './parameters';

/** Template parameters as core's options: the console, and the files main, trades and errors with their routing. */
export function toLoggerOptions({ parameters, core }: ResolvedMetaConfig): LoggerOptions {
  const { preset, plugins = [], destinations = [], ...rest } = core;
  return {
    ...rest,
    sources: false,
    name: parameters.logName,
    level: toLevel(parameters.logLevel),
    plugins: [...formatterPlugins, ...remotePlugins, redactPlugin, ...plugins],
    destinations: [
      ...(parameters.logToConsole ? [toConsole(parameters)] : []),
      ...(parameters.logToFile ? toFiles(parameters) : []),
      ...(parameters.remoteLogDestinations ?? []).map(toRemoteDestination),
      ...destinations,
    ],
  };
}

function toConsole(parameters: ResolvedParameters): DestinationOptions {
  const { jsonLogging, useColors } = parameters;
  const pretty = createPretty(useColors === undefined ? {} : { colors: useColors });
  // JSON Lines are for whatever collects stdout; a person at a terminal gets the readable form all the same.
  const format = jsonLogging && !process.stdout.isTTY ? 'json' : pretty;
  return consoleOutput({ name: 'console', ...common(parameters, parameters.consoleLogLevel), format });
}

/** Everything in the main file; trades, and what is `error` or worse, in a file of their own as well. */
function toFiles(parameters: ResolvedParameters): DestinationOptions[] {
  const { logDir, logFile, logTradeFile, logErrorFile, jsonLogging } = parameters;
  const { maxBytes, backupCount, logRetentionDays, enableCompression } = parameters;
  const format = jsonLogging ? 'json' : 'text';
  const shared = {
    ...common(parameters, parameters.fileLogLevel),
    ...(backupCount > 0 && { maxSize: maxBytes, maxFiles: backupCount + 1 }),
    ...(logRetentionDays !== undefined && { retentionDays: logRetentionDays }),
    zippedArchive: enableCompression,
  };
  const trades = { category: 'trade' } as const;
  return [
    file({ name: 'main', ...shared, path: join(logDir, logFile), format }),
    file({ name: 'trades', ...shared, path: join(logDir, logTradeFile), format: 'json', filter: trades }),
    file({ name: 'errors', ...shared, path: join(logDir, logErrorFile), format, filter: { minLevel: 'error' } }),
  ];
}

/** @param level - the destination's own; without one the logger's decides, also after `setLevel` */
function common(parameters: ResolvedParameters, level: string | undefined): CommonDestinationOptions {
  const { logAsyncQueueSize, logBatchSize, overflowStrategy, asyncLogging, maxLogsPerSecond } = parameters;
  const grows = overflowStrategy === 'increase_temporarily';
  return {
    ...(level !== undefined && { level: toLevel(level) }),
    // Until a spool exists, "increase temporarily" is ten times the queue, and then the oldest go.
    queue: { maxRecords: logAsyncQueueSize * (grows ? 10 : 1), overflow: grows ? 'drop_oldest' : overflowStrategy },
    batch: asyncLogging ? { maxRecords: logBatchSize } : { maxRecords: 1, maxDelayMs: 0 },
    ...(maxLogsPerSecond !== undefined && { rateLimit: { perSecond: maxLogsPerSecond } }),
  };
}

function toLevel(name: string): Level {
  // Checked before; a name that were none would be the default.
  return parseLevel(name) ?? 'info';
}
