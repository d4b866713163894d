import { loadClient } from '../queues/load-client';
import { type LokiStream } from './loki-streams';
import { field, loadSchema, type ProtobufSchema, repeated, wellFormed } from './protobuf';

/** Loki's pkg/push/push.proto, as far as a client uses it. */
const SCHEMA: ProtobufSchema = {
  PushRequest: { fields: { streams: repeated(1, 'Stream') } },
  Stream: { fields: { labels: field(1, 'string'), entries: repeated(2, 'Entry') } },
  Entry: {
    fields: {
      timestamp: field(1, 'Timestamp'),
      line: field(2, 'string'),
      structuredMetadata: repeated(3, 'LabelPair'),
    },
  },
  LabelPair: { fields: { name: field(1, 'string'), value: field(2, 'string') } },
  Timestamp: { fields: { seconds: field(1, 'int64'), nanos: field(2, 'int32') } },
};

interface Snappy {
  readonly compress: (bytes: Uint8Array) => Uint8Array;
}

/**
 * The encoder of a push request: protobuf in a block of snappy, which is all that Loki takes of it.
 *
 * @throws RemoteError MXL_REMOTE_CLIENT_MISSING
 */
export function lokiProtobuf(): (streams: readonly LokiStream[]) => Buffer {
  const request = loadSchema('loki', SCHEMA)('PushRequest');
  const { compress } = loadClient('loki', 'snappyjs') as Snappy;
  return (streams) => Buffer.from(compress(request.encode({ streams: streams.map(asMessage) }).finish()));
}

function asMessage({ labels, entries }: LokiStream): object {
  return {
    labels: selector(labels),
    entries: entries.map(({ time, line, metadata }) => ({
      timestamp: { seconds: Math.floor(time / 1000), nanos: (time % 1000) * 1e6 },
      line: wellFormed(line),
      structuredMetadata: Object.entries(metadata).map(([name, value]) => ({ name, value: wellFormed(value) })),
    })),
  };
}

/** `{level="info", site="fra1"}`, as in Prometheus; JSON quotes as Go reads it. */
function selector(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(wellFormed(value))}`);
  return `{${pairs.join(', ')}}`;
}
