export { getLogger, getTradeLogger, setupLogger, setupLogging, shutdownLogger } from './setup-logger';
export { MetaLogger } from './meta-logger';
export { LogContext } from './log-context';
export { TradeContext, type TradeContextOptions, type TradeFields } from './trade-context';
export { systemMetrics } from './system-metrics';
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
  bindContext,
  captureContext,
  ConfigError,
  dedupe,
  definePlugin,
  fingersCrossed,
  fromArgv,
  fromWinston,
  consoleOutput,
  createLogger,
  type DestinationHealth,
  type DestinationOptions,
  type Fields,
  iterateWithContext,
  type Level,
  type Logger,
  type LogRecord,
  onChange,
  type Preset,
  type Processor,
  rateLimit,
  type Receipt,
  runInContext,
  sample,
  source,
  type SystemMetric,
  type SystemMetricsOptions,
  withContext,
} from '@metaexpert/logger-core';
export { formatterPlugins, text, toFormat } from '@metaexpert/logger-formatters';
export {
  file,
  type FileOptions,
  planRetention,
  readLog,
  restore,
  rotateFiles,
} from '@metaexpert/logger-transports-file';
export {
  clickhouse,
  elasticsearch,
  gelf,
  http,
  kafka,
  loki,
  nats,
  otlp,
  rabbitmq,
  redis,
  relp,
  remotePlugins,
  splunk,
  syslog,
  tcp,
  udp,
} from '@metaexpert/logger-transports-remote';
export { createCompliance, fileSigner, protect, redact, seal, verifyLog } from '@metaexpert/logger-compliance';
