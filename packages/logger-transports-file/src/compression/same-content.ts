import { createHash } from 'node:crypto';
import { readPlain } from './read-slices';

/** Whether two files hold the same bytes once decompressed; an archive that cannot be read holds nothing. */
export async function sameContent(one: string, other: string, onSlice?: () => void): Promise<boolean> {
  try {
    return (await digestOf(one, onSlice)) === (await digestOf(other, onSlice));
  } catch {
    return false;
  }
}

async function digestOf(path: string, onSlice: (() => void) | undefined): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of readPlain(path, onSlice)) hash.update(chunk);
  return hash.digest('hex');
}
