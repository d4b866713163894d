import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ComplianceError } from '../errors';
import { type SubjectKeyStore } from './subject-key-store';

export interface FileKeyStoreOptions {
  /** Folder of the keys. Keep it apart from the log, and out of back-ups that live longer than an erasure may take. */
  path: string;
  /** 32 bytes that wrap every key: the files alone open nothing. */
  masterKey: Uint8Array;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const SUBJECT = /^[0-9a-f]{8,128}$/;

/**
 * Keys in files, one a subject, wrapped with AES-256-GCM. A key is complete on disk before its name exists, and a crash at
 * any moment of an erasure leaves either the key or a mark that it is erased, which wins. Several processes may share
 * the folder.
 *
 * @throws ComplianceError `MXL_KEY_STORE` for a master key that is not 32 bytes
 */
export function createFileKeyStore({ path, masterKey }: FileKeyStoreOptions): SubjectKeyStore {
  if (masterKey.length !== KEY_BYTES) {
    throw new ComplianceError('MXL_KEY_STORE', `the master key has ${masterKey.length} bytes; ${KEY_BYTES} are needed`);
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return new FileKeyStore(path, Buffer.from(masterKey));
}

class FileKeyStore implements SubjectKeyStore {
  readonly #path: string;
  readonly #masterKey: Buffer;

  constructor(path: string, masterKey: Buffer) {
    this.#path = path;
    this.#masterKey = masterKey;
  }

  load(subject: string): Buffer | 'erased' | undefined {
    const file = this.#file(subject, 'key');
    if (existsSync(this.#file(subject, 'erased'))) {
      // The process that erased it may have ended in between.
      if (existsSync(file)) this.#shred(file);
      return 'erased';
    }
    const wrapped = readIfThere(file);
    return wrapped === undefined ? undefined : this.#unwrap(subject, wrapped);
  }

  create(subject: string, key: Uint8Array): Buffer | 'erased' {
    const known = this.load(subject);
    if (known !== undefined) return known;
    const temporary = this.#file(subject, `${randomBytes(8).toString('hex')}.new`);
    writeDurably(temporary, this.#wrap(subject, key));
    try {
      // Unlike a rename, a link never replaces what another process has put there first.
      linkSync(temporary, this.#file(subject, 'key'));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
    } finally {
      rmSync(temporary, { force: true });
    }
    syncFolder(this.#path);
    const kept = this.load(subject);
    if (kept === undefined) throw new ComplianceError('MXL_KEY_STORE', 'a key that was just written is gone');
    return kept;
  }

  destroy(subject: string): void {
    writeDurably(this.#file(subject, 'erased'), Buffer.from(`${new Date().toISOString()}\n`));
    syncFolder(this.#path);
    this.#shred(this.#file(subject, 'key'));
  }

  #file(subject: string, ending: string): string {
    if (!SUBJECT.test(subject)) throw new ComplianceError('MXL_KEY_STORE', 'the name of a subject is not hexadecimal');
    return join(this.#path, `${subject}.${ending}`);
  }

  /** Overwritten first, as far as the file system writes in place; the wrapping is what makes an old copy worthless. */
  #shred(file: string): void {
    if (!existsSync(file)) return;
    writeDurably(file, randomBytes(Math.max(statSync(file).size, WRAPPED_BYTES)), 'r+');
    rmSync(file, { force: true });
    syncFolder(this.#path);
  }

  #wrap(subject: string, key: Uint8Array): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#masterKey, nonce).setAAD(Buffer.from(subject));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  #unwrap(subject: string, wrapped: Buffer): Buffer {
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#masterKey, wrapped.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(subject)).setAuthTag(wrapped.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (thrown) {
      throw new ComplianceError('MXL_KEY_STORE', `the key ${subject} cannot be opened with this master key`, thrown);
    }
  }
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

function writeDurably(file: string, bytes: Uint8Array, flags = 'w'): void {
  const fd = openSync(file, flags, 0o600);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** So that names last as well. Windows cannot open a folder, and writes names through by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
