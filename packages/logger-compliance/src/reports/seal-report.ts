import { parseCheckpoint } from '../sealing/checkpoint';
import { parseNote } from '../sealing/signed-note';
import { verifyLog, type VerifyLogOptions } from '../verification/verify-log';
import { type VerifyResult } from '../verification/verify-result';

/** What verification found, and what the last checkpoint says about itself. */
export interface SealReport extends VerifyResult {
  /** When the last good checkpoint was made, ISO 8601. */
  readonly headTime?: string;
  /** What it says about the clock: tier, verdict, source, offset and bound in microseconds. */
  readonly headClock?: string;
}

export async function sealReport(files: readonly string[], source: VerifyLogOptions): Promise<SealReport> {
  const result = await verifyLog(files, source);
  const checkpoint = result.head === undefined ? undefined : parseCheckpoint(parseNote(result.head).text);
  return { ...result, ...(checkpoint && { headTime: checkpoint.time, headClock: checkpoint.clock }) };
}
