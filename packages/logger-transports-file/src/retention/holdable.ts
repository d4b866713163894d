import { basename } from 'node:path';
import { type Holdable } from '@metaexpert/logger-core/retention';
import { withoutCompressedSuffix } from '../compression/codec';
import { type RotatedFile } from '../rotation/file-family';
import { firstTimeMs } from './first-time';

/** A file put aside, as a legal hold looks at it. Its last record is no younger than its last change. */
export function holdable({ path, liveName, modifiedMs }: RotatedFile): Holdable {
  const name = basename(path);
  return {
    names: [name, withoutCompressedSuffix(name), liveName],
    lastMs: modifiedMs,
    get firstMs() {
      return firstTimeMs(path);
    },
  };
}
