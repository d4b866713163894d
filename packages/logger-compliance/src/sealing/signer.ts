import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError } from '@metaexpert/logger-core';
import { keySigner } from './key-signer';
import { createNoteKey, formatVerifierKey } from './signed-note';

/** Signs checkpoints with an Ed25519 key. It may answer at once, or later, as a key management service does. */
export interface Signer {
  /** The public key, as PEM (SPKI) or a key object. */
  readonly publicKey: string | KeyObject;
  /** @param message - the text of a note, some 300 bytes; called once for each checkpoint, one at a time */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/**
 * Signs with a private key in a file (PEM, PKCS #8), which is read at once.
 *
 * @throws ConfigError when the file is missing, cannot be read, or holds no Ed25519 key
 */
export function fileSigner(path: string): Signer {
  const key = readKey(path);
  if (key.asymmetricKeyType !== 'ed25519') throw refuse(path, 'holds no Ed25519 key');
  return keySigner(key);
}

/**
 * Makes a key, writes it to a new file that only its owner may read, and gives the public key as PEM.
 *
 * @throws ConfigError when the file is there already or cannot be written
 */
export function createKeyFile(path: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  try {
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (thrown) {
    throw refuse(path, `cannot be written: ${(thrown as Error).message}`);
  }
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

/**
 * A public key as C2SP tools want it, Go's `note.NewVerifier` among them: `<name>+<id>+<base64>`.
 *
 * @param origin - the log's name
 * @param publicKey - as PEM
 * @throws ConfigError when it is no Ed25519 key
 */
export function verifierKey(origin: string, publicKey: string): string {
  return formatVerifierKey(createNoteKey(origin, publicKeyOf({ publicKey })));
}

/** @throws ConfigError unless it is an Ed25519 key */
export function publicKeyOf({ publicKey }: Pick<Signer, 'publicKey'>): KeyObject {
  try {
    const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, like every other thing that is no key.
  }
  throw new ConfigError([{ path: 'signer.publicKey', message: 'is no Ed25519 public key (PEM or KeyObject)' }]);
}

function readKey(path: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(path));
  } catch (thrown) {
    throw refuse(path, `cannot be read: ${(thrown as Error).message}`);
  }
}

function refuse(path: string, why: string): ConfigError {
  return new ConfigError([{ path: 'signer', message: `the key file ${path} ${why}` }]);
}
