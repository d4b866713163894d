import { type Plugin } from '@metaexpert/logger-core';
import { alertsPlugin } from '../alerts/alerts';
import { failoverPlugin, fanOutPlugin } from '../groups/groups';
import { httpPlugin } from '../http/http';
import { kafkaPlugin } from '../queues/kafka';
import { rabbitmqPlugin } from '../queues/rabbitmq';
import { natsPlugin } from '../queues/nats';
import { redisPlugin } from '../queues/redis';
import { spoolPlugin } from '../spool/spool-plugin';
import { clickhousePlugin } from '../stores/clickhouse';
import { elasticsearchPlugin } from '../stores/elasticsearch';
import { gelfPlugin } from '../stores/gelf';
import { lokiPlugin } from '../stores/loki';
import { otlpPlugin } from '../stores/otlp';
import { splunkPlugin } from '../stores/splunk';
import { tcpPlugin, udpPlugin } from '../stream/raw';
import { relpPlugin } from '../syslog/relp';
import { syslogPlugin } from '../syslog/syslog';

/**
 * Every remote destination, for plain configuration: `createLogger({ plugins: remotePlugins, destinations: [{ type: 'loki',
 * url: '…' }] })`. The typed factories bring theirs along.
 */
export const remotePlugins: readonly Plugin[] = [
  syslogPlugin,
  relpPlugin,
  tcpPlugin,
  udpPlugin,
  httpPlugin,
  lokiPlugin,
  elasticsearchPlugin,
  splunkPlugin,
  otlpPlugin,
  clickhousePlugin,
  gelfPlugin,
  natsPlugin,
  redisPlugin,
  rabbitmqPlugin,
  kafkaPlugin,
  spoolPlugin,
  failoverPlugin,
  fanOutPlugin,
  alertsPlugin,
];
