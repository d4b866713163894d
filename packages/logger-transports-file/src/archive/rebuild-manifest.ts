import { resolve } from 'node:path';
import { runOnce } from '../keeper/run-once';
import { type ManifestEntry } from './manifest';

/**
 * Brings an archive folder's manifest in line with its files: damaged lines are left out, files without an entry are read
 * and get one. Archiving and `restore` do the same by themselves. Works in a thread of its own.
 *
 * @returns the entries, as they are now
 */
export async function rebuildManifest(folder: string): Promise<ManifestEntry[]> {
  return runOnce({ rebuild: resolve(folder) });
}
