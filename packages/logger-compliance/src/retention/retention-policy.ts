import { type Category } from '@metaexpert/logger-core';
import { type Period } from './period';

/** What one rule demands of the records of some categories. */
export interface RetentionPolicy {
  readonly name: string;
  /** Where it stands, for whoever asks why. */
  readonly source: string;
  /** @default all */
  readonly categories?: readonly Category[];
  /** Must be there for so long after they were made. */
  readonly keepAtLeast?: Period;
  /** Must be gone after so long, unless a duty to keep is longer. */
  readonly keepAtMost?: Period;
  /** Must not be put into an archive before. */
  readonly atHand?: Period;
}

const EVIDENCE: readonly Category[] = ['trade', 'audit'];

/** Rules as code. Presets are no legal advice: which of them bind somebody is for that somebody's lawyer to say. */
export const RETENTION_PRESETS = {
  mifid: {
    name: 'mifid',
    source: 'MiFIR art. 25, RTS 24 (Reg. 2017/580), RTS 6 (Reg. 2017/589) art. 28',
    categories: EVIDENCE,
    keepAtLeast: '5y',
  },
  mica: { name: 'mica', source: 'MiCA art. 68(9), Reg. 2025/1140', categories: EVIDENCE, keepAtLeast: '5y' },
  'mica-on-request': {
    name: 'mica-on-request',
    source: 'MiCA art. 68(9), when the authority asks for it',
    categories: EVIDENCE,
    keepAtLeast: '7y',
  },
  'sec-17a-4': {
    name: 'sec-17a-4',
    source: 'SEC 17a-4, the longest of its periods',
    categories: EVIDENCE,
    keepAtLeast: '6y',
  },
  pci: {
    name: 'pci',
    source: 'PCI DSS 10: twelve months, three at hand',
    categories: ['audit'],
    keepAtLeast: '12mo',
    atHand: '3mo',
  },
  gdpr: {
    name: 'gdpr',
    source: "GDPR art. 5(1)(e), which names no number: 90 days are this package's default",
    keepAtMost: '90d',
  },
} as const satisfies Readonly<Record<string, RetentionPolicy>>;

export type RetentionPreset = keyof typeof RETENTION_PRESETS;
