import { LEVEL } from 'triple-beam';
import { LEVEL_RANKS } from '../level';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';
import { callUnreadable } from './call-log';
import { FORMAT, type Internals, KERNEL, SCOPE } from './internals';
import { normalizeCall } from './normalize-call';
import { writeInfo } from './write-info';

/** `log.performance(…)`: a record at level `info` whose category is `performance`. */
export function callPerformance(logger: Internals, args: readonly unknown[]): void {
  const scope = logger[SCOPE];
  if (scope.gate.rank < LEVEL_RANKS.info) return;
  try {
    const { message, fields, error } = normalizeCall(args, (value) => logger[KERNEL].show(value));
    if (logger[FORMAT] === undefined) {
      logger[KERNEL].record(scope, LEVEL_RANKS.info, 'performance', message, fields, error);
      return;
    }
    const about = { level: 'info', message, category: 'performance', ...(error !== undefined && { error }) };
    writeInfo(logger, Object.assign(mergeFields(fields as Fields | undefined, about), { [LEVEL]: 'info' }));
  } catch (thrown) {
    callUnreadable(logger, 'info', args[0], thrown);
  }
}
