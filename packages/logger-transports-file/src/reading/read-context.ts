import { FileError } from '../errors';
import { type FileTimes } from './file-times';
import { type OpenStored } from './open-stored';
import { type StoredBytes } from './stored-bytes';
import { type TimeRange } from './time-range';

/** What all series of one reading share. */
export interface ReadContext {
  readonly range: TimeRange;
  readonly open: OpenStored;
  readonly times: FileTimes;
  /** Told of a file that can be read no further; without it the reading ends with that error. */
  readonly onDamage: ((error: FileError) => void) | undefined;
}

/** Passes on what can be read of a file; the damage behind it is told, or thrown. */
export async function* untilDamage<T>(items: AsyncIterable<T>, context: ReadContext): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (thrown) {
    tellDamage(thrown, context);
  }
}

/** What is in a file: undefined when it cannot be read, `gone` when it was compressed, rotated or deleted since it was seen. */
export async function openToRead(path: string, context: ReadContext): Promise<StoredBytes | 'gone' | undefined> {
  try {
    return await context.open(path);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    tellDamage(thrown, context);
    return undefined;
  }
}

/** @throws what was thrown, when nobody listens or it is no damage */
export function tellDamage(thrown: unknown, { onDamage }: ReadContext): void {
  if (onDamage === undefined || !(thrown instanceof FileError)) throw thrown;
  onDamage(thrown);
}
