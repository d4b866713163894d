import { createHmac } from 'node:crypto';
import { type EncryptionSettings } from '../encryption/chunk-sealer';
import { type FileSettings } from './file-settings';

/** The names of the settings that two writers of one path do not agree on; their keys aside, see {@link encryptionDigest}. */
export function differingSettings(
  one: Omit<FileSettings, 'encryption'>,
  other: Omit<FileSettings, 'encryption'>,
): string[] {
  const names = Object.keys({ ...one, ...other }).filter((name) => name !== 'encryption') as (keyof typeof one)[];
  return names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name])).sort();
}

/** Tells keys, and how they are used, apart without giving them away; undefined for a plain file. */
export function encryptionDigest(encryption: EncryptionSettings | undefined): string | undefined {
  if (encryption === undefined) return undefined;
  const { key, keyId, compress } = encryption;
  return createHmac('sha256', key).update(JSON.stringify({ keyId, compress })).digest('hex');
}
