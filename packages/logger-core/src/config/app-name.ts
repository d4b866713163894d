import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The name in the package.json nearest to the main script or the working directory, else `app`. */
export function findAppName(
  start: string = process.argv[1] === undefined ? process.cwd() : dirname(process.argv[1]),
): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const name = readName(join(folder, 'package.json'));
    if (name !== undefined) return name;
    if (dirname(folder) === folder) return 'app';
  }
}

function readName(path: string): string | undefined {
  try {
    const { name } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    // Not there, or not readable, or not JSON: the next folder up may have one.
    return undefined;
  }
}
