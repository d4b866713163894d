import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { createKeyFile, redactionReport, writeEvidence } from '@metaexpert/logger-compliance';
import { type DestinationHealth } from '@metaexpert/logger-core';

import { logFiles } from './logging';

/** The key that orders are sealed with. A demonstration makes one for each run; a bot has one, where its logs are not. */
export function makeSealKey(logDir: string): { readonly keyFile: string; readonly publicKey: string } {
  const folder = join(logDir, 'key');
  mkdirSync(folder, { recursive: true });
  const keyFile = join(folder, 'seal.pem');
  return { keyFile, publicKey: createKeyFile(keyFile) };
}

/**
 * Puts what proves the orders into a folder of its own.
 *
 * @returns whether the sealed file is as it was written
 */
export async function handOverEvidence(
  logDir: string,
  publicKey: string,
  health: readonly DestinationHealth[],
): Promise<{ readonly folder: string; readonly ok: boolean }> {
  const logs = [{ path: logFiles(logDir).orders, seal: { trustedKeys: [publicKey] } }];
  return writeEvidence({ into: join(logDir, 'evidence'), logs, health, redactions: redactionReport() });
}
