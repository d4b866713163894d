import { hostname } from 'node:os';
import { basename, resolve } from 'node:path';
import {
  carriedPlugin,
  ConfigError,
  type DestinationOptions,
  type TransportPlugin,
  withPlugin,
} from '@metaexpert/logger-core';
import { createSealed } from './create-sealed';
import { type CheckedSigner, keyOf } from './key-signer';
import { findSealIssues, type SealOptions } from './seal-options';
import { publicKeyOf, type Signer } from './signer';

/**
 * A destination whose lines are sealed: hashed into a Merkle tree in the order in which they are written, with signed
 * checkpoints between them. Verify with {@link verifyLog}.
 *
 * @throws ConfigError for options that cannot be used
 */
export function seal(destination: DestinationOptions, options: SealOptions): DestinationOptions {
  const plugin = carriedPlugin(destination);
  const issues = findSealIssues(plugin?.kind, options);
  if (issues.length > 0) throw new ConfigError(issues);
  const inner = plugin as TransportPlugin;
  const path = logPathOf(destination);
  const origin = options.origin ?? `${hostname()}/${basename(path ?? destination.name ?? destination.type)}`;
  const { timeoutMs } = destination;
  const signers = { current: checked(options.signer), retiring: options.retiring && checked(options.retiring) };
  const sealed: TransportPlugin = {
    ...inner,
    create: (own: never, context) =>
      createSealed({ create: (given) => inner.create(own, given), origin, signers, path, options, context, timeoutMs }),
  };
  return withPlugin({ ...destination }, sealed);
}

/** @throws ConfigError when its public key is none */
function checked(signer: Signer): CheckedSigner {
  const publicKey = publicKeyOf(signer);
  return keyOf(signer) === undefined
    ? { publicKey, sign: (message) => signer.sign(message) }
    : (signer as CheckedSigner);
}

/** Where the log is on disk, as the file destination names it; a date without a place of its own goes to the end. */
function logPathOf({ path, datePattern }: DestinationOptions): string | undefined {
  if (typeof path !== 'string') return undefined;
  return resolve(datePattern !== undefined && !path.includes('%DATE%') ? `${path}.%DATE%` : path);
}
