import { resolve } from 'node:path';

/** A sealed transport that may be asked to let go of its log. */
export interface SealHolder {
  /** Whether nothing of it is under way. */
  readonly idle: boolean;
}

const holders = new Map<string, SealHolder>();

/**
 * Lets one sealed transport of this process go on with a log at a time: a reconfiguration makes the new one before the
 * old one has finished. Whoever takes it over reads from the disk where the log stands.
 *
 * @returns `new` when it has just taken over, `held` when it had it already, `busy` when another still writes
 */
export function takeLog(path: string, holder: SealHolder): 'new' | 'held' | 'busy' {
  const key = resolve(path);
  const current = holders.get(key);
  if (current === holder) return 'held';
  if (current?.idle === false) return 'busy';
  holders.set(key, holder);
  return 'new';
}

export function holdsLog(path: string, holder: SealHolder): boolean {
  return holders.get(resolve(path)) === holder;
}

export function leaveLog(path: string, holder: SealHolder): void {
  if (holdsLog(path, holder)) holders.delete(resolve(path));
}
