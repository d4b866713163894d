import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import { encodeString } from './encode-string';
import { type Fields } from './log-record';

/** Where this process runs; never changes, so it is read once. */
const HOST: Readonly<Record<string, string>> = {
  pid: String(process.pid),
  thread: String(threadId),
  host: encodeString(hostname()),
};

/**
 * `,"pid":…,"thread":…,"host":…` as one prebuilt text.
 *
 * @param fields - the logger's `fields`: `false` for one of the three leaves it out
 */
export function encodeHostFields(fields: Fields | undefined): string {
  return Object.keys(HOST)
    .filter((key) => fields?.[key] !== false)
    .map((key) => `,"${key}":${HOST[key] ?? ''}`)
    .join('');
}

/** The logger's `fields` without the switches that {@link encodeHostFields} understands. */
export function withoutHostSwitches(fields: Fields | undefined): Fields {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([key, value]) => value !== false || !(key in HOST)));
}
