import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { TEMPORARY_SUFFIX } from '../rotation/file-family';
import { syncDirectory } from '../writer/sync-directory';
import { MANIFEST_NAME, type ManifestEntry, parseManifest } from './manifest';
import { summarizeFile } from './summarize-file';

/** Where a damaged manifest is put, for whoever wants to know what happened to it. */
const DAMAGED_NAME = `${MANIFEST_NAME}.damaged`;

/** The manifest of an archive folder, for whoever archives: appended to, and mended. Synchronous, save for reading logs. */
export class ManifestFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #entries = new Map<string, ManifestEntry>();

  /** Use {@link open}: an entry is worth nothing beside files that it does not know. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, MANIFEST_NAME);
  }

  /**
   * Reads the manifest and brings it in line with the folder: a file without an entry (a crash came between its
   * arrival and the entry, or the manifest is gone) gets one, and one with damaged lines is written anew.
   */
  static async open(folder: string, onSlice?: () => void): Promise<ManifestFile> {
    const manifest = new ManifestFile(folder);
    const { entries, damaged } = parseManifest(existsSync(manifest.#path) ? readFileSync(manifest.#path, 'utf8') : '');
    for (const entry of entries) manifest.#entries.set(entry.name, entry);
    const missing: ManifestEntry[] = [];
    for (const name of archivedNames(folder)) {
      // An entry is never made anew from a file that has changed: it is what shows the change.
      if (!manifest.#entries.has(name)) missing.push(await summarizeFile(join(folder, name), onSlice));
    }
    for (const entry of missing) manifest.#entries.set(entry.name, entry);
    if (damaged) manifest.#rewrite();
    else if (missing.length > 0) manifest.#write(missing);
    return manifest;
  }

  get entries(): readonly ManifestEntry[] {
    return [...this.#entries.values()];
  }

  find(name: string): ManifestEntry | undefined {
    return this.#entries.get(name);
  }

  /** Durable when it returns. */
  append(entry: ManifestEntry): void {
    this.#write([entry]);
    this.#entries.set(entry.name, entry);
  }

  #write(entries: readonly ManifestEntry[]): void {
    const fresh = !existsSync(this.#path);
    const fd = openSync(this.#path, 'a+');
    try {
      cutTornLine(fd, this.#path);
      writeSync(fd, linesOf(entries));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    if (fresh) syncDirectory(this.#folder);
  }

  #rewrite(): void {
    const temporary = `${this.#path}${TEMPORARY_SUFFIX}`;
    const fd = openSync(temporary, 'w');
    try {
      writeSync(fd, linesOf(this.entries));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    // A crash between the two leaves no manifest, which is one that is made from the files.
    renameSync(this.#path, join(this.#folder, DAMAGED_NAME));
    renameSync(temporary, this.#path);
    syncDirectory(this.#folder);
  }
}

/** Every file of the folder but the manifest's own, and what is being copied. */
function archivedNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isFile() && !one.name.startsWith(MANIFEST_NAME) && !one.name.endsWith(TEMPORARY_SUFFIX))
    .map(({ name }) => name);
}

/** A crash may have torn the last line; the file that it was about gets a new one. */
function cutTornLine(fd: number, path: string): void {
  const text = readFileSync(path);
  const whole = text.lastIndexOf(10) + 1;
  if (whole < text.length) ftruncateSync(fd, whole);
}

function linesOf(entries: readonly ManifestEntry[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
