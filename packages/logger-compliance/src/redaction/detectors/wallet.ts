import { bech32, bech32m } from '@scure/base';
import { keccak_256 } from '@noble/hashes/sha3';
import { decodeBase58Check } from '../base58-check';
import { type Detector } from '../detector';
import { findAll } from '../find-all';
import { Shape } from '../text-shape';

/** Lengths and first characters: only what has both is decoded. */
const PRIVATE_KEY =
  /(?<![A-Za-z0-9])(?:[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}|[a-zA-Z](?:prv)[1-9A-HJ-NP-Za-km-z]{107})(?![A-Za-z0-9])/g;
const BITCOIN =
  /(?<![A-Za-z0-9])(?:[13mn2][1-9A-HJ-NP-Za-km-z]{25,34}|(?:bc|tb)1[02-9ac-hj-np-z]{11,71}|(?:BC|TB)1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z0-9])/g;
const ETHEREUM = /(?<![A-Za-z0-9])0x[0-9a-fA-F]{40}(?![A-Za-z0-9])/g;

/** First bytes of WIF keys: Bitcoin's main and test networks. */
const WIF_VERSIONS: readonly number[] = [0x80, 0xef];
/** First bytes of Bitcoin addresses: P2PKH and P2SH of the main and test networks. */
const ADDRESS_VERSIONS: readonly number[] = [0x00, 0x05, 0x6f, 0xc4];

/** Private keys of wallets by their checksum: WIF, and extended keys (BIP-32: xprv, yprv, zprv, tprv…). */
export const walletKey: Detector = {
  name: 'wallet-key',
  needs: Shape.run16,
  minLength: 51,
  plain: { maxRunChars: 15, maxHexRunChars: 50 },
  *find(text) {
    for (const { 0: found, index } of findAll(PRIVATE_KEY, text)) {
      const bytes = decodeBase58Check(found);
      if (bytes === undefined) continue;
      const wif = WIF_VERSIONS.includes(bytes[0] as number) && (bytes.length === 33 || bytes.length === 34);
      if (wif || bytes.length === 78) yield { start: index, end: index + found.length };
    }
  },
};

/** Bitcoin addresses: Base58Check, bech32 (BIP-173) and bech32m (BIP-350). */
export const bitcoinAddress: Detector = {
  name: 'bitcoin-address',
  needs: Shape.run16,
  minLength: 14,
  plain: { maxRunChars: 15 },
  *find(text) {
    for (const { 0: found, index } of findAll(BITCOIN, text)) {
      const bytes = decodeBase58Check(found);
      const base58 = bytes?.length === 21 && ADDRESS_VERSIONS.includes(bytes[0] as number);
      if (base58 || bech32.decodeUnsafe(found) !== undefined || bech32m.decodeUnsafe(found) !== undefined) {
        yield { start: index, end: index + found.length };
      }
    }
  },
};

/** Ethereum addresses: with mixed letters by their checksum (EIP-55), which those in one case do not have. */
export const ethereumAddress: Detector = {
  name: 'ethereum-address',
  needs: Shape.run16,
  minLength: 42,
  plain: { maxRunChars: 15 },
  *find(text) {
    for (const { 0: found, index } of findAll(ETHEREUM, text)) {
      if (isEthereum(found.slice(2))) yield { start: index, end: index + found.length };
    }
  },
};

function isEthereum(digits: string): boolean {
  const lower = digits.toLowerCase();
  if (digits === lower || digits === digits.toUpperCase()) return true;
  const hash = keccak_256(lower);
  return Array.from(digits).every((digit, index) => {
    const nibble = ((hash[index >> 1] as number) >> (index % 2 === 0 ? 4 : 0)) & 15;
    return digit === (nibble >= 8 ? digit.toUpperCase() : digit.toLowerCase());
  });
}
