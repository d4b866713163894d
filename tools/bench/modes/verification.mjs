import { join } from 'node:path';
import { createLogger } from '@metaexpert/logger-core';
import { createKeyFile, fileSigner, seal } from '@metaexpert/logger-compliance';
import { file } from '@metaexpert/logger-transports-file';
import { message } from '../harness/record.mjs';

/** A sealed log in rotated files. Its queue holds the caller up: every record has to be there to be verified. */
async function openSealed(directory) {
  const path = join(directory, 'app.log');
  const keyFile = join(directory, 'seal.pem');
  const publicKey = createKeyFile(keyFile);
  const sealed = seal(file({ path, maxSize: '100m', queue: { overflow: 'block' } }), {
    signer: fileSigner(keyFile),
    origin: 'bench/app.log',
  });
  const logger = createLogger({ name: 'bot', sources: false, destinations: [sealed] });
  return {
    ...{ path, publicKey },
    info: (fields) => logger.info(message, fields),
    end: () => logger.close({ timeoutMs: 60_000 }),
  };
}

export const verificationModes = { 'ours, sealed': { opener: async () => openSealed } };
