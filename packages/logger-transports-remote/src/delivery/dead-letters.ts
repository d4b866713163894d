import { type Entry } from '@metaexpert/logger-core';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RemoteError } from '../errors';

export interface DeadLetterOptions {
  /** The file; one JSON object a line: `at`, `destination`, `code`, `reason`, `id`, `record`. */
  path: string;
  /** What the file may grow to; records that do not fit are counted and reported, not kept. @default 104857600 */
  maxBytes?: number;
}

export const DEAD_LETTER_SCHEMA = {
  type: 'object',
  required: ['path'],
  properties: { path: { type: 'string', minLength: 1 }, maxBytes: { type: 'integer', minimum: 1 } },
  additionalProperties: false,
};

/** Keeps what no server will take, with the reason, where a person can read it and send it again. */
export class DeadLetters {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #destination: string;

  constructor({ path, maxBytes = 104_857_600 }: DeadLetterOptions, destination: string) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#destination = destination;
  }

  /** @throws RemoteError MXL_REMOTE_DEAD_LETTERS when they cannot be kept */
  async keep(entries: readonly Entry[], error: Error): Promise<void> {
    const at = new Date().toISOString();
    const { code } = error as NodeJS.ErrnoException;
    const lines = entries.map(({ payload, record }) =>
      JSON.stringify({
        at,
        destination: this.#destination,
        code,
        reason: error.message,
        id: record.id,
        record: plain(payload),
      }),
    );
    try {
      await this.#append(Buffer.from(lines.join('\n') + '\n'));
    } catch (thrown) {
      if (thrown instanceof RemoteError) throw thrown;
      throw new RemoteError(
        'MXL_REMOTE_DEAD_LETTERS',
        `dead letters cannot be kept: ${(thrown as Error).message}`,
        thrown,
      );
    }
  }

  async #append(bytes: Buffer): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    // What a server refused may be private: nobody else's business.
    const file = await open(this.#path, 'a', 0o600);
    try {
      const { size } = await file.stat();
      if (size + bytes.length > this.#maxBytes) {
        throw new RemoteError('MXL_REMOTE_DEAD_LETTERS', `${this.#path} is full: ${size} of ${this.#maxBytes} bytes`);
      }
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
  }
}

/** A JSON object as such, so that the file can be searched; anything else as text. */
function plain(payload: string): unknown {
  if (!payload.startsWith('{')) return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
