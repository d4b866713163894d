import { opentelemetry } from '@opentelemetry/otlp-transformer/build/src/generated/root';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { common, Field, parse, Root, type Type } from 'protobufjs';
import { uncompress } from 'snappyjs';

const AS_JSON = { longs: String, bytes: String, defaults: false } as const;

/** OpenTelemetry's own definitions, as its SDK publishes them. */
const otlp = opentelemetry.proto.collector.logs.v1;

export function readOtlp(bytes: Buffer): Record<string, unknown> {
  return otlp.ExportLogsServiceRequest.toObject(otlp.ExportLogsServiceRequest.decode(bytes), AS_JSON);
}

/** What a collector answers. */
export function writeOtlpAnswer(answer: object): Buffer {
  return Buffer.from(otlp.ExportLogsServiceResponse.encode(answer).finish());
}

/** Loki's definitions, as winston-loki publishes them; they are older than structured metadata, which is added here. */
function pushRequest(): Type {
  const folder = dirname(createRequire(__filename).resolve('winston-loki/package.json'));
  const root = new Root();
  const timestamp = common.get('google/protobuf/timestamp.proto');
  root.addJSON(timestamp?.nested ?? {});
  parse(readFileSync(join(folder, 'src/proto/logproto.proto'), 'utf8'), root);
  root.lookupType('logproto.Entry').add(new Field('structuredMetadata', 3, 'LabelPair', 'repeated'));
  return root.lookupType('logproto.PushRequest');
}

export function readLokiPush(bytes: Buffer): Record<string, unknown> {
  const type = pushRequest();
  return type.toObject(type.decode(uncompress(bytes)), AS_JSON);
}
