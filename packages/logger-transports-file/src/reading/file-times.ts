import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { type ManifestEntry, readManifest } from '../archive/manifest';
import { type OpenStored } from './open-stored';
import { firstTime } from './seek-time';

/** When files begin and end, told as cheaply as can be: by the manifest of their folder, or by a look at the file. */
export class FileTimes {
  readonly #open: OpenStored;
  readonly #manifests = new Map<string, Promise<ReadonlyMap<string, ManifestEntry>>>();

  constructor(open: OpenStored) {
    this.#open = open;
  }

  /** The time of the first line that has one; undefined when it cannot be told. */
  async first(path: string): Promise<number | undefined> {
    const known = Date.parse((await this.#entry(path))?.firstTime ?? '');
    if (!Number.isNaN(known)) return known;
    // What is gone or damaged has its say when it is read.
    const bytes = await this.#open(path).catch(() => undefined);
    try {
      return bytes === undefined ? undefined : await firstTime(bytes).catch(() => undefined);
    } finally {
      await bytes?.close();
    }
  }

  /** No line is later; `Infinity` when it cannot be told. A file's last change came after its last line. */
  async last(path: string): Promise<number> {
    const known = Date.parse((await this.#entry(path))?.lastTime ?? '');
    if (!Number.isNaN(known)) return known;
    const stats = await stat(path).catch(() => undefined);
    return stats?.mtimeMs ?? Infinity;
  }

  async #entry(path: string): Promise<ManifestEntry | undefined> {
    const folder = dirname(path);
    let manifest = this.#manifests.get(folder);
    if (manifest === undefined) {
      manifest = readManifest(folder).then((entries) => new Map(entries.map((entry) => [entry.name, entry])));
      this.#manifests.set(folder, manifest);
    }
    return (await manifest).get(basename(path));
  }
}
