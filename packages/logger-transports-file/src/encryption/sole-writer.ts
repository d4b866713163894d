import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { FileError } from '../errors';
import { realPath } from '../options/real-path';

interface Held {
  readonly server: Server;
  users: number;
}

/** What this thread holds, by name. */
const held = new Map<string, Held>();

/**
 * Keeps a second process, or thread, from adding to an encrypted file, whose chunks are bound to each other. The lock is a
 * socket that listens to nobody: the kernel gives its name to one and takes it back when the process ends, however it
 * ends. It has a name outside of the file system on Linux, and is a pipe on Windows; macOS has neither, and containers
 * with networks of their own do not see each other's.
 */
export class SoleWriter {
  readonly #path: string;
  readonly #name: string | undefined;
  #mine = false;

  /** @param path - as it was configured, with `%DATE%` where a date stands */
  constructor(path: string) {
    this.#path = path;
    this.#name = lockName(join(realPath(dirname(path)), basename(path)));
  }

  /**
   * Takes the file for this thread, whose loggers share it, because one writer thread serves them.
   *
   * @returns why it cannot be had; undefined when it is this thread's
   */
  take(): FileError | undefined {
    if (this.#mine || this.#name === undefined) return undefined;
    const one = held.get(this.#name) ?? listen(this.#name);
    if (one === undefined) {
      const message = `another process or thread writes to '${this.#path}', which is encrypted`;
      return new FileError('MXL_FILE_IN_USE', message);
    }
    one.users += 1;
    held.set(this.#name, one);
    this.#mine = true;
    return undefined;
  }

  release(): void {
    const one = this.#mine ? held.get(this.#name as string) : undefined;
    this.#mine = false;
    if (one === undefined || --one.users > 0) return;
    held.delete(this.#name as string);
    one.server.close();
  }
}

function lockName(path: string): string | undefined {
  const digest = createHash('sha256').update(path).digest('hex');
  if (process.platform === 'linux') return `\0mxl-file-${digest}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\mxl-file-${digest}` : undefined;
}

function listen(name: string): Held | undefined {
  const server = createServer((socket) => socket.destroy());
  server.on('error', () => undefined); // that the name is taken is seen at once, below
  // A cluster's primary would hold the name for all its workers.
  server.listen({ path: name, exclusive: true });
  server.unref();
  return server.listening ? { server, users: 0 } : undefined;
}
