import { join } from 'node:path';
import { type SpoolFs } from './spool-fs';

/** One file of a spool: its name says the index of its first entry. */
export interface Segment {
  readonly first: number;
  readonly path: string;
  bytes: number;
}

const NAME = /^(\d{15})\.spool$/;

export function createSegment(dir: string, first: number): Segment {
  return { first, path: join(dir, `${String(first).padStart(15, '0')}.spool`), bytes: 0 };
}

/** The segments in a folder, oldest first. Files with other names are left alone. */
export function listSegments(dir: string, fs: SpoolFs): Segment[] {
  return fs
    .readdirSync(dir)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .sort()
    .map((first) => createSegment(dir, Number(first)))
    .map((segment) => ({ ...segment, bytes: fs.statSync(segment.path).size }));
}
