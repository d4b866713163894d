import { type ConfigIssue } from '@metaexpert/logger-core';
import { toUSVString } from 'node:util';
import { checkClient, loadClient } from '../queues/load-client';

/** How a store's records are encoded: JSON needs no more packages; protobuf is smaller, and takes protobufjs. */
export type Encoding = 'json' | 'protobuf';

export const ENCODING_SCHEMA = { enum: ['json', 'protobuf'] };

/** As much of a type of protobufjs as is used. A plain object that fits the definition is a message. */
export interface ProtobufType {
  encode(message: object): { finish(): Uint8Array };
  decode(bytes: Uint8Array): object;
}

/** Messages by name, in the JSON of protobufjs: each field with its number of the wire format. */
export type ProtobufSchema = Readonly<Record<string, { fields: Record<string, object>; oneofs?: object }>>;

interface Library {
  Root: { fromJSON(json: object): { lookupType(name: string): ProtobufType } };
}

export const PROTOBUF_TYPE = 'application/x-protobuf';

/** What to install, where something is missing. */
export function checkEncoding(
  type: string,
  encoding: Encoding | undefined,
  more: readonly string[] = [],
): ConfigIssue[] {
  return encoding === 'protobuf' ? ['protobufjs', ...more].flatMap((library) => checkClient(type, library)) : [];
}

/** @throws RemoteError MXL_REMOTE_CLIENT_MISSING */
export function loadSchema(type: string, schema: ProtobufSchema): (name: string) => ProtobufType {
  const { Root } = loadClient(type, 'protobufjs/light') as Library;
  const root = Root.fromJSON({ nested: schema });
  return (name) => root.lookupType(name);
}

export const field = (id: number, type: string): object => ({ id, type });

export const repeated = (id: number, type: string): object => ({ id, type, rule: 'repeated' });

/** Half a surrogate pair has no UTF-8: protobufjs writes bytes for it that make a receiver refuse the whole batch. */
export const wellFormed = (text: string): string => toUSVString(text);
