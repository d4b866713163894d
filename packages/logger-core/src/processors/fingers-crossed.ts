import { LEVEL_RANKS, LEVELS, type Level } from '../level';
import { type Processor } from '../pipeline/processor';
import { carriedProcessor } from '../plugin/carried-processor';
import { definePlugin, type ProcessorContext } from '../plugin/plugin';
import { type LogRecord } from '../record/log-record';

export interface FingersCrossedOptions {
  /** Records of this level and less severe ones are held back. @default 'debug' */
  hold?: Level;
  /** A record of this level or worse lets them go. @default 'error' */
  release?: Level;
  /** Records held; the oldest go first, for good. @default 1000 */
  maxRecords?: number;
  /** How long one is held. @default 60000 */
  maxAgeMs?: number;
}

/**
 * Keeps the details back until something goes wrong: then those that led to it come out, before the record of what
 * went wrong. They keep their time and get the numbers (`seq`) of when they come out, so a file stays in order and
 * without gaps by number, and by time it tells when each was made. The logger's level has to let them be made.
 */
export function fingersCrossed(options: FingersCrossedOptions = {}): Processor {
  return carriedProcessor(fingersCrossedPlugin, options);
}

export const fingersCrossedPlugin = definePlugin({
  kind: 'processor',
  type: 'fingersCrossed',
  schema: {
    type: 'object',
    properties: {
      hold: { enum: LEVELS },
      release: { enum: LEVELS },
      maxRecords: { type: 'integer', minimum: 1 },
      maxAgeMs: { type: 'number', exclusiveMinimum: 0 },
    },
  },
  create: (options: FingersCrossedOptions, { emit }: ProcessorContext): Processor => {
    const { hold = 'debug', release = 'error', maxRecords = 1000, maxAgeMs = 60_000 } = options;
    let held: LogRecord[] = [];
    return (record) => {
      const rank = LEVEL_RANKS[record.level];
      // Audit records are waited for, and go their way.
      if (record.category === 'audit') return record;
      if (rank <= LEVEL_RANKS[release]) {
        const due = held.slice(-maxRecords).filter(({ time }) => record.time - time <= maxAgeMs);
        held = [];
        if (due.length === 0) return record;
        for (const one of [...due, record]) emit(one);
        return undefined;
      }
      if (rank < LEVEL_RANKS[hold]) return record;
      held.push(record);
      // In one go, so that not every record beyond the bound moves all others.
      if (held.length >= maxRecords * 2) held = held.slice(-maxRecords);
      return undefined;
    };
  },
});
