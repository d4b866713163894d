import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Links that lead to links that lead nowhere; more is taken for a circle, as the system does. */
const MAX_LINKS = 40;

/** Where a path leads, all symbolic links followed, also when the file and folders of its end are not there yet. */
export function realPath(path: string, links = 0): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    if (dirname(absolute) === absolute) return absolute;
    const here = join(realPath(dirname(absolute), links), basename(absolute));
    // A link to what is not there yet: writing would make it.
    const target = links < MAX_LINKS ? linkTarget(here) : undefined;
    return target === undefined ? here : realPath(resolve(dirname(here), target), links + 1);
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // Not there, no link, or in a folder that may not be looked into: then nothing can be made there either.
    return undefined;
  }
}
