import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** One file of a series. */
export interface SeriesFile {
  readonly path: string;
  /** The younger the greater: the files put aside by their numbers, then the live one as `Infinity`. */
  readonly number: number;
}

/** `<name>`, or `<name>.<n>` when it was put aside, and how it is compressed. */
const NAME = /^(?<live>.+?)(?:\.(?<number>\d+))?(?<archive>\.(?:gz|br|zst))?$/;

/** Of a file name: the live name of its series, and its number in it. */
export function seriesName(name: string): { live: string; number: number } {
  const { live = name, number } = NAME.exec(name)?.groups ?? {};
  return { live, number: number === undefined ? Infinity : Number(number) };
}

/** The files that one live file and its rotation have made; told by their names alone, anew at each look. */
export class LogSeries {
  /** Path of the live file, which may not be there. */
  readonly path: string;
  readonly #only: ReadonlySet<number> | undefined;

  /** @param only - the numbers to look at; all, and the live file, without it */
  constructor(path: string, only?: ReadonlySet<number>) {
    this.path = path;
    this.#only = only;
  }

  /** Oldest first. */
  async files(): Promise<SeriesFile[]> {
    const [folder, live] = [dirname(this.path), basename(this.path)];
    const byNumber = new Map<number, SeriesFile>();
    const entries = await readdir(folder, { withFileTypes: true }).catch(noneIfMissing);
    // No link, which may lead nowhere; no pipe, whose opening may never return.
    const names = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
    for (const name of names.sort()) {
      const found = seriesName(name);
      if (found.live !== live || this.#only?.has(found.number) === false) continue;
      // Between an archive's appearance and the end of its original both are there: the shorter name is the original.
      if (!byNumber.has(found.number)) byNumber.set(found.number, { path: join(folder, name), number: found.number });
    }
    return [...byNumber.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
  }

  /** The first file behind that number; the live one when there is none. */
  async after(number: number): Promise<SeriesFile | undefined> {
    return (await this.files()).find((file) => file.number > number);
  }
}

function noneIfMissing(thrown: unknown): [] {
  if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
  throw thrown;
}
