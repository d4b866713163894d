import { LEVELS, type Level } from '../level';
import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin } from '../plugin/plugin';
import { alwaysKept } from './always-kept';

export interface SampleOptions {
  /** The share of records that pass, from 0 to 1. */
  rate: number;
  /** Records of this level and worse always pass; so do trades and audit records. @default 'warning' */
  keep?: Level;
}

/** Lets a share of the records pass, chosen at random, so that no rhythm of the program decides which. */
export function sample(options: SampleOptions): Processor {
  return carriedProcessor(samplePlugin, options);
}

export const samplePlugin = definePlugin({
  kind: 'processor',
  type: 'sample',
  schema: {
    type: 'object',
    properties: { rate: { type: 'number', minimum: 0, maximum: 1 }, keep: { enum: LEVELS } },
    required: ['rate'],
  },
  create: ({ rate, keep = 'warning' }: SampleOptions): Processor => {
    const kept = alwaysKept(keep);
    return (record) => (kept(record) || Math.random() < rate ? record : undefined);
  },
});
