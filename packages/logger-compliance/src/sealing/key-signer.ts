import { createPublicKey, type KeyObject, sign as signWith } from 'node:crypto';

/** A signer whose public key has been looked at. */
export interface CheckedSigner {
  readonly publicKey: KeyObject;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** The private keys of signers that have theirs here, and may as well sign in another thread. */
const keys = new WeakMap<object, KeyObject>();

/** Signs with an Ed25519 key at once. */
export function keySigner(key: KeyObject): CheckedSigner {
  const signer = { publicKey: createPublicKey(key), sign: (message: Uint8Array) => signWith(null, message, key) };
  keys.set(signer, key);
  return signer;
}

/** The key of a {@link keySigner}; undefined for any other. */
export function keyOf(signer: object): KeyObject | undefined {
  return keys.get(signer);
}
