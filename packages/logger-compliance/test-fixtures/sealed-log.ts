import { createLogger, type DestinationOptions, type Failure, type Logger } from '@metaexpert/logger-core';
import { file } from '@metaexpert/logger-transports-file';
import { createKeyFile, fileSigner, seal, type SealOptions } from '../src';

export const ORIGIN = 'bots.example/ema';

/** Makes a key and says where it is, and what the public key is. */
export function makeKey(path: string): { path: string; publicKey: string } {
  return { path, publicKey: createKeyFile(path) };
}

export interface SealedLogParams {
  readonly path: string;
  readonly keyPath: string;
  readonly file?: Omit<Parameters<typeof file>[0], 'path'>;
  readonly seal?: Partial<SealOptions>;
}

/** A logger with one sealed file, whose failures are collected. */
export function openSealedLog(params: SealedLogParams): { log: Logger; failures: Failure[] } {
  const log = createLogger({ sources: false, exitHooks: false, destinations: [sealedFile(params)] });
  const failures: Failure[] = [];
  log.on('failure', (failure: Failure) => failures.push(failure));
  return { log, failures };
}

export function sealedFile({
  path,
  keyPath,
  file: fileOptions,
  seal: sealOptions,
}: SealedLogParams): DestinationOptions {
  return seal(file({ path, queue: { overflow: 'block' }, ...fileOptions }), {
    signer: fileSigner(keyPath),
    origin: ORIGIN,
    everyRecords: 20,
    ...sealOptions,
  });
}

/** Writes a whole sealed log: so many records, then an orderly end. */
export async function writeSealedLog(params: SealedLogParams & { records: number; from?: number }): Promise<void> {
  const { log, failures } = openSealedLog(params);
  const from = params.from ?? 1;
  for (let n = from; n < from + params.records; n += 1) log.info('order placed', { n, price: `6412${n % 10}.5` });
  const { ok } = await log.close({ timeoutMs: 20_000 });
  if (!ok || failures.length > 0)
    throw new Error(`the log could not be written: ${failures[0]?.error.message ?? 'timeout'}`);
}
