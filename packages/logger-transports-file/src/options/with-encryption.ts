import { type EncryptOptions } from '../encryption/encrypt-options';
import { loadKey } from '../encryption/key-source';
import { MAX_KEY_ID_BYTES } from '../encryption/segment';
import { FileError } from '../errors';
import { type FileSettings } from './file-settings';

/**
 * The settings with the key, which is asked for here, on the thread that makes the logger.
 *
 * @throws FileError `MXL_FILE_KEY_UNUSABLE`
 */
export function withEncryption(settings: FileSettings, encrypt: EncryptOptions | undefined): FileSettings {
  if (encrypt === undefined) return settings;
  const { keyId, key } = encrypt;
  if (Buffer.byteLength(keyId) > MAX_KEY_ID_BYTES) {
    throw new FileError('MXL_FILE_KEY_UNUSABLE', `the key id '${keyId}' is longer than ${MAX_KEY_ID_BYTES} bytes`);
  }
  // Text is compressed before it is encrypted, chunk by chunk: what is encrypted cannot be compressed any more.
  const encryption = { keyId, key: loadKey(keyId, key), compress: settings.compress !== undefined };
  return { ...settings, compress: undefined, encryption };
}
