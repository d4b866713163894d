import { NEWLINE } from '../record/ascii';
import { type DirectEntry, type Entry } from './transport';

/** What is needed of an entry to write it. */
export type LineEntry = Pick<DirectEntry, 'payload' | 'bytes' | 'line'>;

/** Bytes that a batch takes as lines. */
export function lineBytes(batch: readonly LineEntry[]): number {
  let bytes = batch.length;
  for (const entry of batch) bytes += entry.bytes;
  return bytes;
}

/** Plain entries, as a destination would hand them to a direct transport. */
export function withBytes(batch: readonly Entry[]): DirectEntry[] {
  return batch.map(({ payload, record }) => ({ payload, record, bytes: Buffer.byteLength(payload) }));
}

/** Writes a batch into memory, a line break behind each entry. Lines that lie behind each other are copied in one piece. */
export function writeLines(batch: readonly LineEntry[], target: Buffer, at: number): void {
  for (let i = 0; i < batch.length; i++) {
    const entry = batch[i] as LineEntry;
    const line = entry.line;
    if (line === undefined) at += target.write(entry.payload, at, 'utf8');
    else {
      let end = line.end;
      for (let next = batch[i + 1]?.line; next?.slab === line.slab && next.start === end + 1;) {
        end = next.end;
        i += 1;
        next = batch[i + 1]?.line;
      }
      at += line.slab.copy(target, at, line.start, end);
    }
    target[at++] = NEWLINE;
  }
}
