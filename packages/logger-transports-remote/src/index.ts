export { remotePlugins } from './plugin/remote-plugins';
export { type RemoteOptions } from './plugin/remote-options';
export { type TlsOptions } from './net/tls-options';
export { spkiPin } from './net/check-pins';
export { type DeadLetterOptions } from './delivery/dead-letters';
export { type Oversized } from './delivery/halving-transport';
export { type AuthOptions } from './http/auth';
export { type Compression } from './http/compress';
export { type HttpCommonOptions } from './http/http-options';
export { type BodyKind, type BodyTemplate } from './http/encode-batch';
export { http, type HttpOptions, httpPlugin } from './http/http';
export { syslog, type SyslogCommonOptions, type SyslogOptions, syslogPlugin } from './syslog/syslog';
export { type Facility, type SyslogProtocol } from './syslog/syslog-message';
export { type Framing } from './syslog/frame-message';
export { relp, type RelpOptions, relpPlugin } from './syslog/relp';
export { tcp, type TcpOptions, tcpPlugin, udp, type UdpOptions, udpPlugin } from './stream/raw';
export { loki, type LokiOptions, lokiPlugin } from './stores/loki';
export { elasticsearch, type ElasticsearchOptions, elasticsearchPlugin } from './stores/elasticsearch';
export { splunk, type SplunkOptions, splunkPlugin } from './stores/splunk';
export { otlp, type OtlpOptions, otlpPlugin } from './stores/otlp';
export { clickhouse, type ClickhouseOptions, clickhousePlugin } from './stores/clickhouse';
export { gelf, type GelfOptions, gelfPlugin } from './stores/gelf';
export { kafka, type KafkaOptions, kafkaPlugin } from './queues/kafka';
export { rabbitmq, type RabbitmqOptions, rabbitmqPlugin } from './queues/rabbitmq';
export { nats, type NatsOptions, natsPlugin } from './queues/nats';
export { redis, type RedisOptions, redisPlugin } from './queues/redis';
export { RemoteError, type RemoteErrorCode, REMOTE_ERROR_CODES } from './errors';
export { spoolPlugin } from './spool/spool-plugin';
export {
  failover,
  type FailoverOptions,
  failoverPlugin,
  fanOut,
  type FanOutOptions,
  fanOutPlugin,
  type GroupOptions,
} from './groups/groups';
export { gapCheck, type GapCheckOptions, type GapReport, type GapRow } from './gaps/gap-check';
export { type RunGaps } from './gaps/run-counter';
export { type NumberRange } from './gaps/number-ranges';
export { alerts, alertsPlugin } from './alerts/alerts';
export { type AlertsOptions } from './alerts/alerts-options';
export { type AlertCondition, type AlertRule } from './alerts/alert-rule';
export { type QuietHours } from './alerts/quiet-hours';
export {
  type ChannelLimits,
  type ChannelOptions,
  discord,
  type DiscordOptions,
  email,
  type EmailOptions,
  slack,
  type SlackOptions,
  telegram,
  type TelegramOptions,
  webhook,
  type WebhookOptions,
} from './alerts/channel-options';
