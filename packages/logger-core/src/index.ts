export { createLogger } from './logger/create-logger';
export { type CallFields, type LevelMethod, type Logger, type RecordMarks, type TimeOptions } from './logger/logger';
export { type LoggerEvent } from './logger/logger-event';
export { runInContext, withContext } from './context/ambient';
export { bindContext, captureContext } from './context/capture-context';
export { iterateWithContext } from './context/iterate-with-context';
export { systemMetrics, type SystemMetric, type SystemMetricsOptions } from './metrics/system-metrics';
export { type SystemSample } from './metrics/system-sample';
export { type NetworkTotals } from './metrics/network-totals';
export { type Clock, systemClock } from './clock';
export { type Level, LEVELS, LEVEL_RANKS, parseLevel, SEVERITIES } from './level';
export {
  type CommonDestinationOptions,
  type DestinationOptions,
  type FormatOptions,
  type LoggerOptions,
  type Preset,
  type SpoolOptions,
} from './config/logger-options';
export { explainConfig } from './config/resolve';
export { fromArgv, splitArgv } from './config/argv';
export { nameSources } from './config/name-sources';
export { nearestWord } from './config/nearest-word';
export { type ConfigLayer, type ConfigSource, type ExplainedValue, mergeLayers } from './config/layers';
export { readConfigFile } from './config/config-file';
export { readEnvironment } from './config/environment';
export { parseText } from './config/key-path';
export { type ConfigIssue, ConfigError, ERROR_CODES, type ErrorCode, LoggerError, toError } from './errors';
export { type Failure, type FailureListener } from './failure-channel';
export { type DestinationHealth } from './destination/health';
export { type DestinationState } from './destination/attempts';
export { type DestinationReceipt, type Receipt } from './destination/receipt';
export { type Overflow } from './destination/overflow';
export { type OpenSpool, type SpooledBody, type SpoolEvents, type SpoolStore } from './destination/spool-store';
export { type RateLimitOptions } from './destination/rate-limit';
export { type RetryOptions } from './destination/backoff';
export { type BreakerOptions } from './destination/breaker';
export { type DestinationSettings, type SettingsInput } from './destination/settings';
export { type FilterOptions, type FilterPredicate } from './pipeline/filter';
export { type LineBytes, type Processor, type ProcessorOptions } from './pipeline/processor';
export { dedupe, type DedupeOptions } from './processors/dedupe';
export { fingersCrossed, type FingersCrossedOptions } from './processors/fingers-crossed';
export { onChange, type RecordValue } from './processors/on-change';
export { rateLimit, type RateLimitProcessorOptions } from './processors/rate-limit';
export { sample, type SampleOptions } from './processors/sample';
export { source } from './processors/source';
export { type Category, type ErrorRecord, type Fields, type LogRecord } from './record/log-record';
export { createSecretTest, mask, type RedactOptions } from './record/mask';
export { encodeRecord } from './record/encode-record';
export { fieldsText, isFresh } from './record/fresh-record';
export { type Formatter } from './formatters/formatter';
export { json } from './formatters/json';
export { createPretty, pretty, type PrettyOptions } from './formatters/pretty';
export { consoleOutput, type ConsoleOptions } from './console/console-plugin';
export {
  carriedPlugin,
  definePlugin,
  type Diagnostics,
  type FormatterPlugin,
  type PlacedOptions,
  type MemberOptions,
  type Plugin,
  type PluginContext,
  type PluginSchema,
  type ProcessorContext,
  type ProcessorPlugin,
  type SpoolPlugin,
  type TransportContext,
  type TransportPlugin,
  withPlugin,
} from './plugin/plugin';
export {
  type DirectEntry,
  type DirectTransport,
  type Entry,
  isDirect,
  type Settle,
  type Transport,
  type WriteResult,
} from './transport/transport';
export { type LineDraft } from './record/line-draft';
export { type LineText } from './record/line-text';
export { Stamp } from './record/stamp';
export { type CreateStage, type LineStage, type StagedLines, type StageSource } from './transport/line-stage';
export { lineBytes, type LineEntry, withBytes, writeLines } from './transport/write-lines';
export { writeBySubmit } from './transport/write-by-submit';
export { fromWinston } from './transport/from-winston';
export { threadFile, type ThreadFileOptions } from './transport/thread-file';
export { toWinston } from './transport/to-winston';
export { type WinstonTarget } from './transport/winston-target';
