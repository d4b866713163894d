import { type ConfigIssue, nearestWord, parseLevel } from '@metaexpert/logger-core';
import { inspect } from 'node:util';
import { checkRemoteDestinations } from './remote-destination';
import { type ParameterName } from './parameters';
import { toSnakeCase } from './parameter-names';

const LEVEL_NAMES = ['DEBUG', 'INFO', 'TRADE', 'WARNING', 'ERROR', 'CRITICAL'];
const STRATEGIES = ['drop_oldest', 'drop_newest', 'block', 'increase_temporarily'];
const GIB = 1024 ** 3;

type Check = (value: unknown) => string | undefined;

const bool: Check = (value) => (typeof value === 'boolean' ? undefined : 'is not true or false');
const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'is not a text');
const level: Check = (value) => (parseLevel(value) === undefined ? oneOf(value, LEVEL_NAMES) : undefined);

function integer(minimum: number, maximum = Infinity): Check {
  return (value) => {
    if (!Number.isInteger(value)) return 'is not a whole number';
    if ((value as number) < minimum) return `is less than ${minimum}`;
    return (value as number) > maximum ? `is more than ${maximum}` : undefined;
  };
}

function oneOf(value: unknown, allowed: readonly string[]): string {
  const near = typeof value === 'string' ? nearestWord(value, allowed) : undefined;
  return `is not one of ${allowed.join(', ')}${near === undefined ? '' : ` (did you mean '${near}'?)`}`;
}

const CHECKS: Readonly<Record<ParameterName, Check>> = {
  logLevel: level,
  consoleLogLevel: level,
  fileLogLevel: level,
  logName: text,
  logDir: text,
  logFile: text,
  logTradeFile: text,
  logErrorFile: text,
  logToFile: bool,
  logToConsole: bool,
  jsonLogging: bool,
  asyncLogging: bool,
  useColors: bool,
  enableCompression: bool,
  maxBytes: integer(1, GIB),
  backupCount: integer(0),
  logRetentionDays: integer(1),
  logBufferSize: integer(1),
  logAsyncQueueSize: integer(1),
  logBatchSize: integer(1),
  maxLogsPerSecond: integer(1),
  overflowStrategy: (value) => (STRATEGIES.includes(value as string) ? undefined : oneOf(value, STRATEGIES)),
  remoteLogDestinations: checkRemoteDestinations,
};

/** Every mistake in the values of template parameters, named as Python's users know them. */
export function checkParameters(parameters: Readonly<Record<string, unknown>>): ConfigIssue[] {
  return Object.entries(parameters).flatMap(([name, value]) => {
    const wrong = value === undefined || value === null ? undefined : CHECKS[name as ParameterName](value);
    return wrong === undefined ? [] : [{ path: toSnakeCase(name), message: `${inspect(value)} ${wrong}` }];
  });
}
