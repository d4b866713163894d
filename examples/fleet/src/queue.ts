import { AckPolicy, jetstreamManager, StorageType } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type QueueSettings } from './settings';

/** The stream that all bots publish to, and the one consumer that all instances of the inserter share. */
export const STREAM = 'LOGS';
export const CONSUMER = 'clickhouse';

/** Long enough for an insert, short enough that what a dead instance held is soon given to another. */
const ACK_WAIT_MS = 5000;
/** A batch that was stored but not answered, and comes again, is known for so long. */
const DUPLICATE_WINDOW_MS = 120_000;

const NANOSECONDS = 1e6;

/** A connection that comes back by itself, however long the server is away. */
export async function connectQueue({ port, token, tls }: QueueSettings): Promise<NatsConnection> {
  return connect({
    servers: `localhost:${port}`,
    token,
    tls: { caFile: tls.ca, certFile: tls.clientCert, keyFile: tls.clientKey },
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    waitOnFirstConnect: true,
  });
}

export async function createStream(connection: NatsConnection): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: STREAM,
    subjects: ['logs.>'],
    storage: StorageType.File,
    duplicate_window: DUPLICATE_WINDOW_MS * NANOSECONDS,
  });
  await manager.consumers.add(STREAM, {
    durable_name: CONSUMER,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * NANOSECONDS,
    max_ack_pending: 50_000,
  });
}
