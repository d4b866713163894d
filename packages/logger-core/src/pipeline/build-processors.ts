import { type ResolvedConfig } from '../config/resolve';
import { systemClock } from '../clock';
import { LoggerError, toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { carriedOptions } from '../plugin/carried-processor';
import { carriedPlugin, type ProcessorContext, type ProcessorPlugin } from '../plugin/plugin';
import { source } from '../processors/source';
import { type LogRecord } from '../record/log-record';
import { type Processor, type ProcessorOptions } from './processor';

export interface ProcessorParts {
  readonly failures: FailureChannel;
  /** Takes a record that a processor sends on its own. @param from - index of the processor that it goes on to */
  readonly emit: (record: LogRecord, from: number) => void;
}

export interface ProcessorChain {
  readonly processors: readonly Processor[];
  /** Lets every processor say its last word. */
  readonly flush: () => void;
}

/** The processors of a checked configuration: functions as they are, plain objects by their `type`. */
export function buildProcessors({ options, registry }: ResolvedConfig, parts: ProcessorParts): ProcessorChain {
  const callbacks: (() => void)[] = [];
  const given: readonly (Processor | ProcessorOptions)[] = [
    ...(options.source === true ? [source()] : []),
    ...(options.processors ?? []),
  ];
  const processors = given.map((one, index): Processor => {
    const plugin = typeof one === 'function' ? carriedPlugin(one) : registry.processor(one.type);
    if (plugin === undefined) return one as Processor;
    const context: ProcessorContext = {
      name: plugin.type,
      clock: options.clock ?? systemClock,
      diagnostics: {
        report: (kind, error, records = 0) => parts.failures.report({ kind, destination: 'pipeline', error, records }),
      },
      emit: (record) => parts.emit(record, index + 1),
      onFlush: (callback) => callbacks.push(callback),
    };
    const own = typeof one === 'function' ? carriedOptions(one) : one;
    return (plugin as ProcessorPlugin).create(own as never, context);
  });
  return { processors, flush: () => runAll(callbacks, parts.failures) };
}

/** A last word that throws must not keep the others from theirs, nor the process from its end. */
function runAll(callbacks: readonly (() => void)[], failures: FailureChannel): void {
  for (const callback of callbacks) {
    try {
      callback();
    } catch (thrown) {
      const error = toError(thrown);
      const wrapped = new LoggerError('MXL_PROCESSOR_THREW', `when flushed: ${error.message}`, error);
      failures.report({ kind: 'permanent', destination: 'pipeline', error: wrapped, records: 0 });
    }
  }
}
