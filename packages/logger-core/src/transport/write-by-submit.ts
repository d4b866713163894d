import { type DirectTransport, type Entry, type WriteResult } from './transport';
import { withBytes } from './write-lines';

/** What `write` of a direct transport comes to. */
export function writeBySubmit(
  transport: Pick<DirectTransport, 'submit'>,
  batch: readonly Entry[],
): Promise<WriteResult> {
  return new Promise((resolve) => {
    if (!transport.submit(withBytes(batch), resolve, false))
      resolve({ status: 'retry', error: new Error('there is no room for the batch now') });
  });
}
