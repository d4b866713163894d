import { consolePlugin } from '../console/console-plugin';
import { type Formatter } from '../formatters/formatter';
import { json } from '../formatters/json';
import { pretty } from '../formatters/pretty';
import { PROCESSOR_PLUGINS } from '../processors/processor-plugins';
import {
  type FormatterPlugin,
  type Plugin,
  type ProcessorPlugin,
  type SpoolPlugin,
  type TransportPlugin,
} from './plugin';

const BUILT_IN: readonly Plugin[] = [
  consolePlugin,
  { kind: 'formatter', type: 'json', schema: {}, create: (): Formatter => json },
  { kind: 'formatter', type: 'pretty', schema: {}, create: (): Formatter => pretty },
  ...PROCESSOR_PLUGINS,
];

/** What the words of a configuration mean: core's own plugins, and those the caller passed. Later ones win. */
export class PluginRegistry {
  readonly #plugins = new Map<string, Plugin>();

  constructor(plugins: readonly Plugin[]) {
    for (const plugin of [...BUILT_IN, ...plugins]) this.#add(plugin);
  }

  transport(type: string): TransportPlugin | undefined {
    return this.#plugins.get(`transport ${type}`) as TransportPlugin | undefined;
  }

  formatter(type: string): FormatterPlugin | undefined {
    return this.#plugins.get(`formatter ${type}`) as FormatterPlugin | undefined;
  }

  processor(type: string): ProcessorPlugin | undefined {
    return this.#plugins.get(`processor ${type}`) as ProcessorPlugin | undefined;
  }

  spool(): SpoolPlugin | undefined {
    return [...this.#plugins.values()].findLast((plugin) => plugin.kind === 'spool');
  }

  /** The known types of one kind, for messages. */
  types(kind: Plugin['kind']): string[] {
    return [...this.#plugins.values()].filter((plugin) => plugin.kind === kind).map(({ type }) => type);
  }

  #add(plugin: Plugin): void {
    for (const brought of plugin.brings ?? []) this.#add(brought);
    this.#plugins.set(`${plugin.kind} ${plugin.type}`, plugin);
  }
}
