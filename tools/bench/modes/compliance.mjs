import { join } from 'node:path';
import { createLogger } from '@metaexpert/logger-core';
import { createCompliance, createKeyFile, fileSigner, redact, seal } from '@metaexpert/logger-compliance';
import { file } from '@metaexpert/logger-transports-file';
import { message, secretPaths } from '../harness/record.mjs';
import { keptFiles, maxBytes } from '../harness/rotation-size.mjs';

const rotated = (directory, options) =>
  file({ path: join(directory, 'app.log'), maxSize: maxBytes, maxFiles: keptFiles, ...options });

function start(options) {
  const logger = createLogger({ name: 'bot', sources: false, ...options });
  logger.on('failure', () => undefined);
  return logger;
}

/** Redaction in the place of core's masking: by the paths that pino is given, or by a preset with all its forms of values. */
export async function openRedaction(directory, { presets }) {
  const processors = [redact(presets ? { presets } : { paths: secretPaths })];
  const logger = start({ redact: false, processors, destinations: [rotated(directory)] });
  return { info: (fields) => logger.info(message, fields), end: () => logger.close() };
}

/** One file, sealed; nothing else. Its queue is as the guide wants it for programs that log as fast as they can. */
export async function openSealed(directory) {
  const logger = start({ destinations: [sealed(directory, { queue: { maxRecords: 40_000 } })] });
  return { info: (fields) => logger.info(message, fields), end: () => logger.close() };
}

/** The fields of the events as plain trades: what the events cost is what the next mode has over this one. */
export async function openPlainEvents(directory) {
  const logger = start({ destinations: [rotated(directory)] });
  return { info: (fields) => logger.trade('order.submitted', fields), end: () => logger.close() };
}

/** What a regulated bot runs: each record is a validated event, redacted and sealed. */
export async function openCompliance(directory) {
  const logger = start({ processors: [redact({ presets: ['exchanges'] })], destinations: [sealed(directory)] });
  const compliance = createCompliance(logger, { onInvalid: 'throw' });
  return { info: (fields) => compliance.event('order.submitted', fields), end: () => logger.close() };
}

/** The key lies beside the folder of the log files, which are counted. */
function sealed(directory, options) {
  const key = join(directory, '..', 'seal.pem');
  createKeyFile(key);
  return seal(rotated(directory, options), { signer: fileSigner(key), origin: 'bench.example/bot' });
}
