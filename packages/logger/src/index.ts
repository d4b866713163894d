export { getLogger, getTradeLogger, setupLogger, setupLogging, shutdownLogger } from './setup-logger';
export { MetaLogger } from './meta-logger';
export { LogContext, TradeContext, type TradeFields } from './context';
export { timedOperation } from './timed-operation';
export { getMetrics, type LoggerMetrics, resetMetrics } from './metrics';
export { LoggerConfig } from './logger-config';
export { explainConfig } from './resolve-parameters';
export {
  type CoreOptions,
  type LogLevelName,
  type MetaLoggerOptions,
  type OverflowStrategy,
  type ParameterAliases,
  type RemoteLogDestination,
  type SnakeParameters,
  type TemplateParameters,
} from './parameters';
export {
  ConfigError,
  definePlugin,
  fromArgv,
  fromWinston,
  consoleOutput,
  createLogger,
  type DestinationHealth,
  type DestinationOptions,
  type Fields,
  type Level,
  type Logger,
  type LogRecord,
  type Preset,
  type Receipt,
  withContext,
} from '@metaexpert/logger-core';
export { text } from '@metaexpert/logger-formatters';
export { file, type FileOptions } from '@metaexpert/logger-transports-file';
