import {
  closeSync,
  existsSync,
  fsyncSync,
  futimesSync,
  renameSync,
  statSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { deleteAll } from '../retention/files-to-delete';
import { TEMPORARY_SUFFIX } from '../rotation/file-family';
import { openExclusive } from '../writer/open-exclusive';
import { syncDirectory } from '../writer/sync-directory';
import { isUnchanged } from '../keeper/is-unchanged';
import { type Codec } from './codec';
import { readSlices } from './read-slices';

/** How long ago another keeper may have added to its archive and is still taken to be at work on it. */
const AT_WORK_MS = 10_000;

export interface CompressParts {
  readonly path: string;
  readonly codec: Codec;
  /** Others write to the same path, and look after its files too. @default false */
  readonly shared?: boolean;
  /** Called before each call that may take long. */
  readonly onSlice?: () => void;
}

/**
 * Compresses a file that is no longer written to. The archive appears under its name only when it is whole and
 * synced (temporary file, fsync, rename, fsync of the folder), and the original goes after that: a crash at any moment
 * leaves one of them whole. File calls are synchronous, for a thread of their own; libuv's pool, which all threads
 * share, only ever computes. Two keepers that do it at once do it twice, each in a file of its own; one is kept.
 */
export async function compressFile({ path, codec, shared = false, onSlice }: CompressParts): Promise<void> {
  const archive = `${path}${codec.suffix}`;
  const before = statSync(path, { throwIfNoEntry: false });
  if (before === undefined || (shared && isBeingMade(`${archive}${TEMPORARY_SUFFIX}`))) return;
  const { fd, path: temporary } = openExclusive(archive, TEMPORARY_SUFFIX);
  try {
    await writeArchive(path, fd, before, codec, onSlice);
    // Somebody has deleted the original meanwhile, then nobody wants its archive; or writes to it after all. Or
    // another keeper was faster.
    if (!isUnchanged(path, before) || existsSync(archive)) {
      discard(temporary);
      return;
    }
    renameSync(temporary, archive);
  } catch (thrown) {
    discard(temporary);
    if (existsSync(path)) throw thrown;
    return;
  }
  syncDirectory(dirname(path));
  if (isUnchanged(path, before)) {
    deleteAll([{ path }, { path: `${archive}${TEMPORARY_SUFFIX}` }]);
  } else if (existsSync(path)) {
    // Written to at the last moment: the original has it all.
    discard(archive);
  }
}

function isBeingMade(temporary: string): boolean {
  const stats = statSync(temporary, { throwIfNoEntry: false });
  return stats !== undefined && Math.abs(Date.now() - stats.mtimeMs) < AT_WORK_MS;
}

async function writeArchive(
  from: string,
  target: number,
  { atime, mtime }: Stats,
  codec: Codec,
  onSlice: (() => void) | undefined,
): Promise<void> {
  try {
    const source = Readable.from(readSlices(from, onSlice));
    const compressor = codec.compressor();
    source.on('error', (error) => compressor.destroy(error));
    for await (const chunk of source.pipe(compressor) as AsyncIterable<Buffer>) writeWhole(target, chunk);
    // Retention goes by age: an archive is as old as what it holds.
    futimesSync(target, atime, mtime);
    fsyncSync(target);
  } finally {
    closeSync(target);
  }
}

function writeWhole(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}

/** On a full disk the room is needed; what cannot be deleted now is found as a leftover later. */
function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
}
