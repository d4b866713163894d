import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ComplianceError } from '../errors';
import { digestFile } from '../retention/digest-file';

/** The folder of an evidence bundle while it is made: what goes into it, and its SHA-256. */
export class BundleFolder {
  readonly path: string;
  readonly #sums = new Map<string, string>();

  /** @throws ComplianceError `MXL_EVIDENCE_FOLDER` when there is something of that name already */
  constructor(path: string) {
    this.path = path;
    mkdirSync(dirname(path), { recursive: true });
    try {
      mkdirSync(path);
    } catch (thrown) {
      throw new ComplianceError('MXL_EVIDENCE_FOLDER', `${path} cannot be made: ${(thrown as Error).message}`, thrown);
    }
  }

  /** @param name - with `/` between its parts */
  write(name: string, content: string | Uint8Array): void {
    writeFileSync(this.place(name), content);
    this.#sums.set(name, createHash('sha256').update(content).digest('hex'));
  }

  /** Where a file of this name goes that somebody else writes; to be {@link added} after that. */
  place(name: string): string {
    const path = join(this.path, ...name.split('/'));
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  async added(name: string): Promise<void> {
    this.#sums.set(name, await digestFile(this.place(name)));
  }

  /** The last file: what `sha256sum -c` reads. */
  finish(): void {
    const lines = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, sum]) => `${sum}  ${name}\n`);
    writeFileSync(this.place('SHA256SUMS'), lines.join(''));
  }
}
