import { type Detector } from './detector';
import { card } from './detectors/card';
import { cloudKey, webhook } from './detectors/cloud-keys';
import { email, phone } from './detectors/contact';
import { authorization, urlPassword } from './detectors/credentials';
import { iban } from './detectors/iban';
import { jwt } from './detectors/jwt';
import { pem } from './detectors/pem';
import { seedPhrase } from './detectors/seed-phrase';
import { bitcoinAddress, ethereumAddress, walletKey } from './detectors/wallet';

const ALL = [
  pem, jwt, authorization, urlPassword, cloudKey, webhook, walletKey, seedPhrase,
  card, iban, email, phone, bitcoinAddress, ethereumAddress,
] as const satisfies readonly Detector[]; // prettier-ignore

/** The detectors by name. */
export const DETECTORS: ReadonlyMap<string, Detector> = new Map(ALL.map((detector) => [detector.name, detector]));
