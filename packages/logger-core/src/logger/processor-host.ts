import { type ResolvedConfig } from '../config/resolve';
import { type FailureChannel } from '../failure-channel';
import { buildProcessors, type ProcessorChain } from '../pipeline/build-processors';
import { type Pipeline } from '../pipeline/pipeline';
import { type KeyTable } from '../record/key-table';
import { type LogRecord } from '../record/log-record';
import { type Recorder } from '../record/recorder';
import { type Snapshot } from '../record/snapshot';
import { type LevelGates } from './level-gates';

/** What is needed of a logger's kernel. */
interface HostParts {
  readonly pipeline: Pipeline;
  readonly gates: LevelGates;
  readonly failures: FailureChannel;
}

/**
 * The processors of a logger, and the records that they send on their own. Each of these gets the next number when it
 * really goes, never while another is on its way: so the numbers stay without gaps, and every destination sees them in
 * order.
 */
export class ProcessorHost {
  readonly #parts: HostParts;
  readonly #recorder: Recorder;
  readonly #waiting: { readonly record: LogRecord; readonly from: number }[] = [];
  #chain: ProcessorChain | undefined;

  constructor(parts: HostParts, recorder: Recorder) {
    this.#parts = parts;
    this.#recorder = recorder;
  }

  /** Makes the processors of a configuration; they are not in use yet. */
  build(config: ResolvedConfig): ProcessorChain {
    return buildProcessors(config, { failures: this.#parts.failures, emit: (record, from) => this.#add(record, from) });
  }

  use(chain: ProcessorChain, keys: KeyTable): void {
    this.#chain = chain;
    this.#parts.pipeline.configure(chain.processors, keys);
  }

  /** Has the processors say what they have kept back. */
  settle(): void {
    this.#chain?.flush();
    this.#send();
  }

  /** The number of a record that goes nowhere is used again, first by what a processor sends in its place. */
  dropped(snapshot: Snapshot): void {
    this.#recorder.forget(snapshot);
    if (this.#waiting.length > 0) this.#send();
  }

  #add(record: LogRecord, from: number): void {
    this.#waiting.push({ record, from });
    // Normally sent by the call at hand, when its own record has been dropped; at the latest behind it.
    if (this.#parts.pipeline.busy) queueMicrotask(() => this.#send());
    else this.#send();
  }

  #send(): void {
    const { pipeline, gates } = this.#parts;
    const recorder = this.#recorder;
    while (!pipeline.busy) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const snapshot = recorder.renumber(next.record);
      const passed = pipeline.pass(snapshot, gates.gate(next.record.logger), undefined, next.from);
      if (!passed) recorder.forget(snapshot);
    }
  }
}
