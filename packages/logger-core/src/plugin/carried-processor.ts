import { systemClock } from '../clock';
import { type Processor } from '../pipeline/processor';
import { type ProcessorContext, type ProcessorPlugin, withPlugin } from './plugin';

const OPTIONS = Symbol.for('metaexpert.logger.processor-options');

/**
 * A processor that a factory such as `sample()` gives: a function like any other, which carries the plugin that it
 * comes from, so that each logger makes its own of it. Called by itself, or from within a function around it, it works
 * as well, until it has a record of its own to send: that throws, and the record at hand is withheld and reported.
 */
export function carriedProcessor(plugin: ProcessorPlugin, options: object): Processor {
  let alone: Processor | undefined;
  const processor: Processor = (record) => (alone ??= plugin.create(options as never, ALONE))(record);
  return Object.assign(withPluginOn(processor, plugin), { [OPTIONS]: options });
}

/** The options that {@link carriedProcessor} was given. */
export function carriedOptions(processor: Processor): object {
  return (processor as { [OPTIONS]?: object })[OPTIONS] ?? {};
}

function withPluginOn(processor: Processor, plugin: ProcessorPlugin): Processor {
  return Object.assign(processor, withPlugin({}, plugin));
}

const ALONE: ProcessorContext = {
  name: 'processor',
  clock: systemClock,
  diagnostics: { report: () => undefined },
  emit: () => {
    throw new Error('it has records of its own to send: give it to `processors` as it is, with nothing around it');
  },
  onFlush: () => undefined,
};
