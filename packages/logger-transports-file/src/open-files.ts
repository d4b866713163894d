import { type FileSettings } from './options/file-settings';

/** A file destination, as those see it who rotate it from outside. */
export interface OpenFile {
  readonly settings: FileSettings;
  rotate(hangUp: boolean): Promise<string | undefined>;
  trouble(error: Error): void;
}

/** The file destinations of this process, and its SIGHUP on behalf of those that want it. */
class OpenFiles {
  readonly #files = new Set<OpenFile>();

  get all(): readonly OpenFile[] {
    return [...this.#files];
  }

  add(file: OpenFile): void {
    // Another listener keeps the signal from ending the process; core's exit hooks then only flush.
    if (file.settings.rotateOnSighup && this.#waiting.length === 0) process.on('SIGHUP', this.#onSighup);
    this.#files.add(file);
  }

  delete(file: OpenFile): void {
    if (!this.#files.delete(file) || !file.settings.rotateOnSighup) return;
    if (this.#waiting.length === 0) process.off('SIGHUP', this.#onSighup);
  }

  get #waiting(): readonly OpenFile[] {
    return this.all.filter(({ settings }) => settings.rotateOnSighup);
  }

  readonly #onSighup = (): void => {
    for (const file of this.#waiting) file.rotate(true).catch((thrown: unknown) => file.trouble(thrown as Error));
  };
}

export const openFiles = new OpenFiles();
