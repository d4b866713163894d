import { ComplianceError } from '../errors';
import { parseTreeHead } from '../sealing/checkpoint';
import { parseNote } from '../sealing/signed-note';
import { filesOf } from '../verification/files-of';
import { checkCosignature, parseWitnessKey, type WitnessKey } from './cosignature';
import { proveGrowth } from './prove-growth';

export interface WitnessOptions {
  /** Where its requests go: `<url>/add-checkpoint` (C2SP tlog-witness). */
  url: string;
  /** Its public key, `<name>+<id>+<base64>`. */
  key: string;
  /** The log's live file, or all its files, oldest first. Read for each proof, from the checkpoint before on. */
  path: string | readonly string[];
  /** Told of each checkpoint that the witness has signed: the note with its line, to be kept and published. */
  onCosigned?: (note: string) => void | Promise<void>;
  /** Told of what fails with `offer()`; the next checkpoint covers this one. */
  onFailure?: (error: Error) => void;
  /** For one request. @default 10000 */
  timeoutMs?: number;
}

const MAX_ANSWER_BYTES = 65_536;
const MAX_ATTEMPTS = 5;

/**
 * A witness (C2SP tlog-witness): somebody else who signs checkpoints of the log, and only such as are consistent with all
 * that they signed before. Reads files with the asynchronous calls of Node: no place is slowed down by it but one of the
 * four threads of libuv, when the disk hangs.
 */
export class Witness {
  readonly #options: WitnessOptions;
  readonly #key: WitnessKey;
  /** Of the last tree that it has signed, as far as is known. */
  #size = 0;
  #next: string | undefined;
  #running: Promise<void> | undefined;

  /** @throws ComplianceError `MXL_SEAL_MALFORMED` for a key that is none */
  constructor(options: WitnessOptions) {
    this.#options = options;
    this.#key = parseWitnessKey(options.key);
  }

  /** For `seal({ onCheckpoint })`. Never throws. One request at a time; of checkpoints made meanwhile the last is next. */
  offer(note: string): void {
    this.#next = note;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Resolves when what was offered has been signed or has failed. */
  async settled(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  /**
   * Has a checkpoint signed.
   *
   * @returns the note with the line of the witness
   * @throws ComplianceError `MXL_WITNESS_FAILED`; `MXL_SEAL_NOT_IN_LOG` when the files do not give the proof that it wants
   */
  async cosign(note: string): Promise<string> {
    const { size } = parseTreeHead(parseNote(note).text);
    let answer = await this.#ask(note, Math.min(this.#size, size));
    // It has signed another tree last than is known here: after a restart always.
    if (answer.status === 409) answer = await this.#ask(note, readSize(answer.body));
    if (answer.status !== 200) throw failed(`status ${answer.status}: ${answer.body.slice(0, 200)}`);
    const cosigned = this.#addSignature(note, answer.body);
    this.#size = Math.max(this.#size, size);
    return cosigned;
  }

  async #run(): Promise<void> {
    const { onCosigned, onFailure } = this.#options;
    for (let note = this.#next; note !== undefined; note = this.#next) {
      this.#next = undefined;
      try {
        await onCosigned?.(await this.cosign(note));
      } catch (thrown) {
        onFailure?.(thrown as Error);
      }
    }
  }

  async #ask(note: string, oldSize: number): Promise<{ status: number; body: string }> {
    const { url, timeoutMs = 10_000 } = this.#options;
    const proof = await this.#prove(note, oldSize);
    const body = [`old ${oldSize}`, ...proof, '', note].join('\n');
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(`${url.replace(/\/$/, '')}/add-checkpoint`, { method: 'POST', body, signal });
      const bytes = Buffer.from(await response.arrayBuffer());
      if (bytes.length > MAX_ANSWER_BYTES) throw new Error(`an answer of ${bytes.length} bytes`);
      return { status: response.status, body: bytes.toString('utf8') };
    } catch (thrown) {
      throw failed((thrown as Error).message, thrown);
    }
  }

  /** A file that is put aside or packed while it is read is read again under its new name. */
  async #prove(note: string, oldSize: number): Promise<string[]> {
    const { path } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      const files = filesOf(path);
      try {
        return await proveGrowth(files, oldSize, note);
      } catch (thrown) {
        if (attempt === MAX_ATTEMPTS || files.join('\n') === filesOf(path).join('\n')) throw thrown;
      }
    }
  }

  #addSignature(note: string, lines: string): string {
    const { text } = parseNote(note);
    for (const line of lines.split('\n').filter((one) => one !== '')) {
      const [signature] = parseNote(`${text}\n${line}\n`).signatures;
      if (signature !== undefined && checkCosignature(text, signature, this.#key) !== undefined)
        return `${note}${line}\n`;
    }
    throw failed('its answer holds no signature of its key over this checkpoint');
  }
}

function readSize(body: string): number {
  const size = /^(?:0|[1-9]\d{0,15})\n?$/.test(body) ? Number(body) : NaN;
  if (!Number.isSafeInteger(size)) throw failed('it names no size of the tree that it has signed');
  return size;
}

function failed(why: string, cause?: unknown): ComplianceError {
  return new ComplianceError('MXL_WITNESS_FAILED', `the witness has not signed: ${why}`, cause);
}

/**
 * Has checkpoints signed by a witness.
 *
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for a key that is none
 * @example
 * const witness = createWitness({ url: 'https://witness.example', key: witnessKey, path: 'logs/app.log' });
 * const destination = seal(file({ path: 'logs/app.log' }), { signer, onCheckpoint: (note) => witness.offer(note) });
 */
export function createWitness(options: WitnessOptions): Witness {
  return new Witness(options);
}
