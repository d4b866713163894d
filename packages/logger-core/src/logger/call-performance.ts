import { LEVEL } from 'triple-beam';
import { LEVEL_RANKS, type Level } from '../level';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';
import { callUnreadable } from './call-log';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { type Call, normalizeCall } from './normalize-call';
import { writeInfo } from './write-info';

/** `log.performance(…)`: a record at level `info` whose category is `performance`. */
export function callPerformance(logger: Internals, args: readonly unknown[]): void {
  if (logger[SCOPE].gate.rank < LEVEL_RANKS.info) return;
  try {
    recordPerformance(
      logger,
      'info',
      normalizeCall(args, (value) => logger[KERNEL].show(value)),
    );
  } catch (thrown) {
    callUnreadable(logger, 'info', args[0], thrown);
  }
}

/** A record of category `performance`, by way of the logger's winston format if it has one. */
export function recordPerformance(logger: Internals, level: Level, { message, fields, error }: Call): void {
  if (logger[FORMAT] === undefined) {
    logger[KERNEL].record(logger[SCOPE], LEVEL_RANKS[level], 'performance', message, fields, error);
    return;
  }
  const about = { level, message, category: 'performance', ...(error !== undefined && { error }) };
  writeInfo(logger, Object.assign(mergeFields(fields as Fields | undefined, about), { [LEVEL]: level }));
}
