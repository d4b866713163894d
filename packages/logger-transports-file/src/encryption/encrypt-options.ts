import { type ConfigIssue } from '@metaexpert/logger-core';
import { type KeySource, loadKey } from './key-source';
import { MAX_KEY_ID_BYTES } from './segment';

/** Encryption at rest: what is in the file cannot be read, and not changed unnoticed, without the key. */
export interface EncryptOptions {
  /** Stands in the file in plain, so that a reader knows which key to ask for; up to 255 bytes. */
  keyId: string;
  key: KeySource;
}

export const ENCRYPT_SCHEMA = {
  type: 'object',
  required: ['keyId', 'key'],
  additionalProperties: false,
  properties: {
    keyId: { type: 'string', minLength: 1, maxLength: MAX_KEY_ID_BYTES },
    // A callback is no JSON: only objects are looked at.
    key: {
      if: { type: 'object' },
      then: {
        minProperties: 1,
        maxProperties: 1,
        additionalProperties: false,
        properties: { file: { type: 'string', minLength: 1 }, env: { type: 'string', minLength: 1 } },
      },
    },
  },
};

/** What keeps a destination from being encrypted as it is asked to: a key that is not there, or none. */
export function checkEncryption(where: string, encrypt: unknown): ConfigIssue[] {
  if (!isEncryptOptions(encrypt)) return []; // the schema's business
  try {
    loadKey(encrypt.keyId, encrypt.key);
    return [];
  } catch (thrown) {
    return [{ path: `${where}.encrypt.key`, message: (thrown as Error).message }];
  }
}

function isEncryptOptions(value: unknown): value is EncryptOptions {
  const { keyId, key } = Object(value) as Partial<EncryptOptions>;
  return typeof keyId === 'string' && keyId !== '' && key !== undefined;
}
