import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FileError } from '../errors';

/**
 * Where a key of 32 bytes comes from: a callback that is given the key id (called on the thread that makes the logger, when its
 * options are checked and when the file is set up, or by a reader), a file, or an environment variable. Text is taken as 64 hexadecimal digits or as base64; a file may also hold the bytes.
 * A key itself is no option, so that it stands in no configuration.
 */
export type KeySource = ((keyId: string) => Uint8Array | string | undefined) | { file: string } | { env: string };

const KEY_BYTES = 32;

/**
 * The key of that id, in a shape that neither prints nor serializes.
 *
 * @throws FileError `MXL_FILE_KEY_UNUSABLE` with the id and where it was looked for, never with what was found there
 */
export function loadKey(keyId: string, source: KeySource): KeyObject {
  const { given, where } = lookUp(keyId, source);
  if (given === undefined) throw unusable(keyId, `${where} gives none`);
  const bytes = typeof given === 'string' ? decode(given.trim()) : given;
  if (bytes?.length !== KEY_BYTES) {
    throw unusable(keyId, `${where} gives no key of 32 bytes, 64 hexadecimal digits, or 32 bytes in base64`);
  }
  return createSecretKey(bytes);
}

function lookUp(keyId: string, source: KeySource): { given: Uint8Array | string | undefined; where: string } {
  if (typeof source === 'function') {
    try {
      return { given: source(keyId), where: 'the callback' };
    } catch (thrown) {
      throw unusable(keyId, 'the callback threw', thrown);
    }
  }
  // From plain JavaScript: not said what it was, for it may be a key.
  if (Object(source) !== source) throw unusable(keyId, 'a source is a callback, { file } or { env }');
  if ('env' in source) return { given: process.env[source.env], where: `the environment variable ${source.env}` };
  try {
    const bytes = readFileSync(source.file);
    return { given: bytes.length === KEY_BYTES ? bytes : bytes.toString(), where: `the file ${source.file}` };
  } catch (thrown) {
    throw unusable(keyId, `the file ${source.file} cannot be read`, thrown);
  }
}

function decode(text: string): Buffer | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

function unusable(keyId: string, why: string, cause?: unknown): FileError {
  return new FileError('MXL_FILE_KEY_UNUSABLE', `no key for the key id '${keyId}': ${why}`, cause);
}
