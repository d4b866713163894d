import { clickhouse } from './clickhouse.mjs';
import { kafka } from './kafka.mjs';
import { nats } from './nats.mjs';
import { nginx } from './nginx.mjs';
import { rabbitmq } from './rabbitmq.mjs';
import { redis } from './redis.mjs';
import { rsyslog } from './rsyslog.mjs';
import { tinyproxy } from './tinyproxy.mjs';

/** Every server that can be had: its Debian packages, the program, and how it is started. */
export const catalogue = [rsyslog, redis, nats, clickhouse, rabbitmq, kafka, nginx, tinyproxy];
