/** What a preset hides, by keys and by values. */
interface Preset {
  readonly keys: readonly string[];
  readonly detectors: readonly string[];
}

/** Names under which any service keeps its secrets; core masks most of these before a processor runs. */
const SECRET_KEYS: readonly string[] = [
  'password', 'passwd', 'pwd', 'passphrase', 'secret', 'token', 'auth', 'authorization', 'proxyAuthorization',
  'accessKey', 'signingKey', 'encryptionKey', 'authToken', 'bearerToken', 'sessionToken', 'idToken', 'bearer', 'jwt',
  'signature', 'credential', 'credentials', 'mnemonic', 'seedPhrase', 'recoveryPhrase', 'cookie', 'setCookie', 'xApiKey',
  'sig', 'accountKey', 'securityToken', 'amzSignature', 'amzCredential', 'amzSecurityToken', 'googSignature',
  'googCredential', 'keystore', 'wif', 'xprv', 'otp', 'totp', 'twoFactorCode',
  '*password', '*passphrase', '*secret', '*apikey', '*apisecret', '*secretkey', '*privatekey', '*accesstoken',
  '*refreshtoken', '*securitytoken', 'passwords', 'secrets', '*apikeys', '*apisecrets', '*secretkeys', '*privatekeys', 'xAmzSignature', 'xAmzCredential', 'xGoogSignature', 'xGoogCredential',
]; // prettier-ignore

/** Headers and parameters of exchanges: Binance, OKX, Bybit, KuCoin, Coinbase, Kraken, Bitget, Gate, Huobi, Alpaca. */
const EXCHANGE_KEYS: readonly string[] = [
  'listenKey', 'sign', 'xMbxApikey', 'okAccessKey', 'okAccessSign', 'okAccessPassphrase', 'xBapiApiKey', 'xBapiSign',
  'kcApiKey', 'kcApiSign', 'kcApiPassphrase', 'kcApiPartnerSign', 'cbAccessKey', 'cbAccessSign', 'cbAccessPassphrase',
  'apiSign', 'accessSign', 'accessPassphrase', 'accessKeyId', 'apcaApiKeyId', 'apcaApiSecretKey', 'xBxApikey',
  '*signature', '*accessKey', '*accessSign', 'ftxSign', 'xDeribitSig', 'hmac', 'mnemonicPhrase', 'mnemonicWords',
  'apiKeyId', 'xGateSign', 'wsToken', 'bulletToken', 'withdrawPassword', 'fundPassword', 'tradePassword',
]; // prettier-ignore

const CARD_KEYS: readonly string[] = [
  'pan', 'cardNumber', 'cardNo', 'creditCard', 'creditCardNumber', 'primaryAccountNumber', 'cvv', 'cvv2', 'cvc', 'cvc2',
  'cardSecurityCode', 'cardPin', 'pinBlock', 'track1', 'track2', 'trackData', 'cardholder', 'cardholderName', 'cardExpiry',
]; // prettier-ignore

const PERSON_KEYS: readonly string[] = [
  'email', 'emailAddress', 'phone', 'phoneNumber', 'mobile', 'mobileNumber', 'telephone', 'firstName', 'lastName', 'surname',
  'fullName', 'givenName', 'familyName', 'maidenName', 'street', 'streetAddress', 'postalAddress', 'homeAddress', 'zipCode',
  'postalCode', 'birthDate', 'dateOfBirth', 'dob', 'birthday', 'ssn', 'socialSecurityNumber', 'taxId', 'taxNumber', 'nationalId',
  'passport', 'passportNumber', 'drivingLicence', 'driverLicense', 'iban', 'bankAccount', 'ip', 'ipAddress', 'clientIp',
  'remoteAddress', 'xForwardedFor', 'userAgent', 'geolocation',
]; // prettier-ignore

const SECRET_VALUES: readonly string[] = [
  'pem',
  'jwt',
  'authorization',
  'url-password',
  'cloud-key',
  'webhook',
  'wallet-key',
  'seed-phrase',
];

/** What `presets` may name. */
export const PRESETS = {
  exchanges: { keys: [...SECRET_KEYS, ...EXCHANGE_KEYS], detectors: SECRET_VALUES },
  pci: { keys: CARD_KEYS, detectors: ['card'] },
  gdpr: { keys: PERSON_KEYS, detectors: ['email', 'iban'] },
} as const satisfies Record<string, Preset>;

/** Name of a preset. */
export type RedactPreset = keyof typeof PRESETS;
