import { randomBytes } from 'node:crypto';
import { parse } from 'node:path';

/**
 * The process id is not enough: containers start again and again with the id 1, in one folder. The time of the start
 * and a random number tell them apart, and the threads of one process too.
 */
const PROCESS_NAME = `${process.pid}-${Date.now().toString(36)}${randomBytes(4).toString('hex')}`;

const PLACE = '%PID%';

/** The path with this process's name in it: in the place of `%PID%`, or before the ending when `perProcess` asks for it. */
export function processPath(path: string, perProcess: boolean): string {
  if (!perProcess || path.includes(PLACE)) return path.replaceAll(PLACE, PROCESS_NAME);
  const { ext } = parse(path);
  return `${path.slice(0, path.length - ext.length)}-${PROCESS_NAME}${ext}`;
}
