import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';
import { encodeString } from './encode-string';
import { type Fields } from './log-record';

/** Where a process runs. */
export interface HostFacts {
  readonly pid: number;
  readonly thread: number;
  readonly host: string;
}

/** Never changes, so it is read once. */
const HOST_FACTS: HostFacts = { pid: process.pid, thread: threadId, host: hostname() };

const HOST: Readonly<Record<string, string>> = {
  pid: String(HOST_FACTS.pid),
  thread: String(HOST_FACTS.thread),
  host: encodeString(HOST_FACTS.host),
};
const WHOLE_HOST = encodeHostFields(undefined);

/** The facts behind a text of {@link encodeHostFields}; undefined when it leaves one out. */
export function hostFacts(text: string): HostFacts | undefined {
  return text === WHOLE_HOST ? HOST_FACTS : undefined;
}

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
