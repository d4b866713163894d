import { amount, count, currency, decimal, dti, flag, lei, mic, object, oneOf, text, time } from './field';

/**
 * Order details of RTS 24 (Delegated Regulation 2017/580, Annex, table 2) under its field titles; the numbers are those
 * of the table. RTS 6 (2017/589, Annex II) asks for the same under the same titles where it applies. All optional:
 * which of them are due depends on who trades what.
 *
 * Written without the text of the annex at hand: fields without a mark are those that the project's notes on RTS 24
 * list (submitter, direct access, client, decision, execution, capacity, time, validity, sequence, order id, event, type,
 * limit price, quantities); of their code words the notes name DEAL, MTCH, AOTC, AGGR and PNAL. Fields marked †, their
 * numbers, and all other code words are from memory: compare them with the annex before a regulator relies on them.
 */
export const regulatoryFields = object(
  {},
  {
    /** 1: who submitted the order. */
    identificationOfSubmittingEntity: lei,
    /** 2 */
    directElectronicAccess: flag,
    /** 3: a LEI, `{LEI}`, a national id, `AGGR` or `PNAL`. */
    clientIdentificationCode: text,
    /** 4: a person, or the algorithm that decided. */
    investmentDecisionWithinFirm: text,
    /** 5: a person, or the algorithm that executes. */
    executionWithinFirm: text,
    /** 6 † */
    nonExecutingBroker: lei,
    /** 7 */
    tradingCapacity: oneOf('DEAL', 'MTCH', 'AOTC'),
    /** 8 † */
    liquidityProvisionActivity: flag,
    /** 9 */
    dateAndTime: time,
    /** 10 */
    validityPeriod: oneOf('DAVY', 'GTCV', 'GTTV', 'GTDV', 'GTSV', 'GATV', 'GADV', 'GASV', 'IOCV', 'FOKV'),
    /** 12 † */
    validityPeriodDateAndTime: time,
    /** 15 */
    sequenceNumber: count,
    /** 16 † */
    segmentMicCode: mic,
    /** 17 † */
    orderBookCode: text,
    /** 18 †: an ISIN, for tokens see `digitalTokenIdentifier`. */
    financialInstrumentIdentificationCode: text,
    /** ISO 24165, which MiCA records use in the place of an ISIN. */
    digitalTokenIdentifier: dti,
    /** 20 */
    orderIdentificationCode: text,
    /** 21 */
    orderEvent: oneOf(
      'NEWO', 'TRIG', 'REME', 'REMA', 'REMH', 'CHME', 'CHMO', 'CAME', 'CAMO', 'REMO', 'EXPI', 'PARF', 'FILL',
    ), // prettier-ignore
    /** 22 */
    orderType: text,
    /** 23 † */
    orderTypeClassification: oneOf('LMTO', 'STOP'),
    /** 24 */
    limitPrice: decimal,
    /** 25 † */
    additionalLimitPrice: decimal,
    /** 26 † */
    stopPrice: decimal,
    /** 28 † */
    transactionPrice: decimal,
    /** 29 † */
    priceCurrency: currency,
    /** 31 † */
    priceNotation: oneOf('MONE', 'PERC', 'YIEL', 'BAPO'),
    /** 32 † */
    buySellIndicator: oneOf('BUYI', 'SELL'),
    /** 33 † */
    orderStatus: oneOf('ACTI', 'INAC', 'SUSP', 'FIRM', 'INDI', 'IMPL', 'ROUT'),
    /** 34 † */
    quantityNotation: oneOf('UNIT', 'NOML', 'MONE'),
    /** 35 † */
    quantityCurrency: currency,
    /** 36 */
    initialQuantity: amount,
    /** 37 */
    remainingQuantityIncludingHidden: amount,
    /** 38 */
    displayedQuantity: amount,
    /** 39 */
    tradedQuantity: amount,
    /** 43 † */
    passiveOnlyIndicator: flag,
    /** 44 † */
    passiveOrAggressiveIndicator: oneOf('PASV', 'AGRE'),
    /** 45 † */
    selfExecutionPrevention: flag,
    /** 46 † */
    strategyLinkedOrderIdentification: text,
    /** 48 † */
    tradingVenueTransactionIdentificationCode: text,
  },
);
