import { verifyLog } from '@metaexpert/logger-compliance';
import { produce } from '../harness/produce.mjs';

/** Lines a second of a sealed log that were verified, from the files alone. */
export async function measureVerification({ log, build, job: { records, yieldEvery } }) {
  await produce(log, build, { from: 0, count: records, yieldEvery });
  await log.end();
  const start = performance.now();
  const { ok, lines, problem } = await verifyLog(log.path, { trustedKeys: [log.publicKey] });
  const perSecond = lines / ((performance.now() - start) / 1000);
  if (!ok || lines < records) throw new Error(`${lines} lines of ${records} records: ${problem?.code}`);
  return { perSecond, lines, logged: 0 };
}
