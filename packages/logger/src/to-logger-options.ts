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
import { placeDestinations } from './place-destinations';
import { toRemoteDestination } from './remote-destination';
import { type ResolvedMetaConfig } from './resolve-parameters';
import { type RemoteLogDestination, type ResolvedParameters } from './parameters';

/**
 * Template parameters as core's options: the console, and the files main, trades and errors with their routing.
 *
 * @throws ConfigError when a source speaks of a destination that there is not
 */
export function toLoggerOptions({ parameters, core, layers }: ResolvedMetaConfig): LoggerOptions {
  const { preset, plugins = [], destinations, ...rest } = core;
  return {
    ...rest,
    sources: false,
    name: parameters.logName,
    level: toLevel(parameters.logLevel),
    plugins: [...formatterPlugins, ...remotePlugins, redactPlugin, ...plugins],
    destinations: placeDestinations(layers, [
      ...(parameters.logToConsole ? [toConsole(parameters)] : []),
      ...(parameters.logToFile ? toFiles(parameters) : []),
      ...(parameters.remoteLogDestinations ?? []).map((remote, index) => toRemote(parameters, remote, index)),
    ]),
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
    file({ name: 'main', ...shared, ...spool(parameters, 'main'), path: join(logDir, logFile), format }),
    file({
      ...{ name: 'trades', ...shared, ...spool(parameters, 'trades') },
      ...{ path: join(logDir, logTradeFile), format: 'json', filter: trades },
    }),
    file({
      ...{ name: 'errors', ...shared, ...spool(parameters, 'errors') },
      ...{ path: join(logDir, logErrorFile), format, filter: { minLevel: 'error' } },
    }),
  ];
}

function toRemote(parameters: ResolvedParameters, remote: RemoteLogDestination, index: number): DestinationOptions {
  const destination = toRemoteDestination(remote, index);
  // A request for each record is nothing that `async_logging: false` asks for.
  return {
    ...common({ ...parameters, asyncLogging: true }, undefined),
    ...destination,
    ...spool(parameters, destination.name ?? ''),
  };
}

/** `increase_temporarily`: what the queue has no room for goes to a folder, and from there to the destination. */
function spool({ overflowStrategy, logDir }: ResolvedParameters, name: string): CommonDestinationOptions {
  return overflowStrategy === 'increase_temporarily' ? { spool: { dir: join(logDir, 'spool', name) } } : {};
}

/** @param level - the destination's own; without one the logger's decides, also after `setLevel` */
function common(parameters: ResolvedParameters, level: string | undefined): CommonDestinationOptions {
  const { logAsyncQueueSize, logBatchSize, overflowStrategy, asyncLogging, maxLogsPerSecond } = parameters;
  return {
    ...(level !== undefined && { level: toLevel(level) }),
    queue: {
      maxRecords: logAsyncQueueSize,
      ...(overflowStrategy !== 'increase_temporarily' && { overflow: overflowStrategy }),
    },
    batch: asyncLogging ? { maxRecords: logBatchSize } : { maxRecords: 1, maxDelayMs: 0 },
    ...(maxLogsPerSecond !== undefined && { rateLimit: { perSecond: maxLogsPerSecond } }),
  };
}

function toLevel(name: string): Level {
  // Checked before; a name that were none would be the default.
  return parseLevel(name) ?? 'info';
}
