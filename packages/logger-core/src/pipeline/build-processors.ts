import { type ResolvedConfig } from '../config/resolve';
import { systemClock } from '../clock';
import { type FailureChannel } from '../failure-channel';
import { type Processor } from './processor';

/** The processors of a checked configuration: functions as they are, plain objects by their `type`. */
export function buildProcessors({ options, registry }: ResolvedConfig, failures: FailureChannel): Processor[] {
  const given: readonly (Processor | { type: string })[] = options.processors ?? [];
  return given.flatMap((one) => {
    if (typeof one === 'function') return one;
    const report = (kind: 'temporary' | 'permanent' | 'final', error: Error, records = 0): void =>
      failures.report({ kind, destination: 'pipeline', error, records });
    const context = { name: one.type, clock: options.clock ?? systemClock, diagnostics: { report } };
    return registry.processor(one.type)?.create(one as never, context) ?? [];
  });
}
