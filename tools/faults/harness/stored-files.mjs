import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What our file destination has in a folder, oldest first: `app.log.000001.gz`, `app.log.000002`, …, `app.log`. */
export function storedFiles(folder, live = 'app.log') {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name === live || /^\.\d{6}(\.gz)?$/.test(tailOf(name, live)));
  return oldestFirst(names, live).map((name) => join(folder, name));
}

/** Names by the number behind that of the live file, which comes last. */
export function oldestFirst(names, live = 'app.log') {
  return names.toSorted((a, b) => placeOf(a, live) - placeOf(b, live));
}

const tailOf = (name, live) => (name.startsWith(live) ? name.slice(live.length) : '');

const placeOf = (name, live) => (name === live ? Infinity : Number(/\d+/.exec(tailOf(name, live))?.[0] ?? 0));
