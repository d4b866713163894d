import { KeyTable } from '../record/key-table';
import { ONE_LINE_BYTES } from '../record/limits';
import { LineWriter } from '../record/line-writer';
import { type Fields } from '../record/log-record';
import { mergeFields } from '../record/merge-fields';
import { createPen } from '../record/pen';
import { findSpanReader } from './active-span';
import { ambientFields, runInContext } from './ambient';

/**
 * The fields of the surrounding {@link withContext} calls and of the active span, as data that `postMessage` can
 * carry. Give them to {@link runInContext} where the context does not get by itself: in a worker, in the listener of
 * an emitter that emits elsewhere, behind a queue.
 *
 * @example
 * worker.postMessage({ job, context: captureContext() });
 * // there: parentPort.on('message', ({ job, context }) => runInContext(context, () => handle(job)));
 */
export function captureContext(): Fields {
  const fields = mergeFields({ ...findSpanReader()?.() }, ambientFields());
  try {
    return structuredClone(fields);
  } catch {
    // A function or the like among them: what a record would show of it can be carried.
    const { line, values } = createPen(new LineWriter(ONE_LINE_BYTES), new KeyTable(() => false));
    values.members(fields);
    return JSON.parse(`{${line.textFrom(0).slice(1)}}`) as Fields;
  }
}

/**
 * A function that runs in the context of the place where it was bound, whoever calls it.
 *
 * @example
 * emitter.on('tick', bindContext((tick) => log.info('tick', { tick })));
 */
export function bindContext<A extends unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  const context = ambientFields() ?? {};
  return (...args) => runInContext(context, () => work(...args));
}
