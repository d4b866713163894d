import { type Clock } from '../clock';
import { type DestinationOptions } from '../config/logger-options';
import { Destination } from '../destination/destination';
import { type QueuedEntry } from '../destination/queued-entry';
import { resolveSettings } from '../destination/settings';
import { type OpenSpool } from '../destination/spool-store';
import { toError } from '../errors';
import { type FailureChannel } from '../failure-channel';
import { type Formatter } from '../formatters/formatter';
import { json } from '../formatters/json';
import { LEVEL_RANKS, type Level } from '../level';
import { LineWriter } from '../record/line-writer';
import { carriedPlugin, type PluginContext, type TransportContext, type TransportPlugin } from '../plugin/plugin';
import { type PluginRegistry } from '../plugin/registry';
import { type Transport } from '../transport/transport';
import { type Route } from './dispatcher';
import { compileFilter } from './filter';

export interface BuildParts {
  readonly registry: PluginRegistry;
  readonly failures: FailureChannel;
  readonly clock: Clock;
  /** Makes a destination's own notice in that destination's format. */
  readonly notice: (formatter: Formatter, text: string, destination: string) => QueuedEntry;
}

/** How long setting up may wait for a transport to be ready to take work (a thread to start); it never waits for a disk. */
const READY_MS = 2000;

/** Makes the routes of checked options. A transport that cannot be made becomes a destination that fails, not an exception. */
export function buildRoutes(options: readonly DestinationOptions[], parts: BuildParts): Route[] {
  const names = new Set<string>();
  const enabled = options.filter(({ enabled }) => enabled !== false);
  const routes = enabled.map((one) => buildRoute({ ...one, name: uniqueName(one, names) }, parts));
  const end = performance.now() + READY_MS;
  for (const { destination } of routes) destination.ready(Math.max(0, end - performance.now()));
  return routes;
}

export function buildRoute(options: DestinationOptions & { name: string }, parts: BuildParts): Route {
  const { registry, failures } = parts;
  const plugin = (carriedPlugin(options) ?? registry.transport(options.type)) as TransportPlugin;
  const context: TransportContext = {
    name: options.name,
    clock: parts.clock,
    diagnostics: {
      report: (kind, error, records = 0) => failures.report({ kind, destination: options.name, error, records }),
    },
    transport: (member) => {
      const made = (carriedPlugin(member) ?? registry.transport(member.type)) as TransportPlugin;
      return made.create(member as never, { ...context, name: member.name ?? member.type });
    },
  };
  const formatter = chooseFormatter(options, registry, context);
  const destination = new Destination({
    settings: resolveSettings(options, plugin.defaults),
    transport: createTransport(plugin, options, context),
    failures,
    notice: (text) => parts.notice(formatter, text, options.name),
    openSpool: chooseSpool(options, registry, context),
  });
  return {
    destination,
    rank: options.level === undefined ? undefined : LEVEL_RANKS[options.level as Level],
    filter: compileFilter(options.filter),
    formatter,
    lines: new LineWriter(),
  };
}

function chooseFormatter({ format }: DestinationOptions, registry: PluginRegistry, context: PluginContext): Formatter {
  if (typeof format === 'function') return format;
  const { name, ...own } = typeof format === 'object' ? format : { name: format ?? 'json' };
  try {
    return registry.formatter(name)?.create(own as never, context) ?? json;
  } catch (thrown) {
    context.diagnostics.report('permanent', toError(thrown));
    return json;
  }
}

/** A spool that cannot be made is reported; the destination is without it then. */
function chooseSpool(
  { queue, spool }: DestinationOptions,
  registry: PluginRegistry,
  context: PluginContext,
): OpenSpool | undefined {
  if (spool === undefined && queue?.overflow !== 'spool') return undefined;
  try {
    return registry.spool()?.create((spool ?? {}) as never, context);
  } catch (thrown) {
    context.diagnostics.report('permanent', toError(thrown));
    return undefined;
  }
}

function createTransport(plugin: TransportPlugin, options: DestinationOptions, context: TransportContext): Transport {
  try {
    return plugin.create(options as never, context);
  } catch (thrown) {
    const error = toError(thrown);
    context.diagnostics.report('permanent', error);
    return { write: () => Promise.resolve({ status: 'retry', error }) };
  }
}

function uniqueName({ name, type }: DestinationOptions, taken: Set<string>): string {
  let unique = name ?? type;
  for (let count = 2; name === undefined && taken.has(unique); count++) unique = `${type}-${count}`;
  taken.add(unique);
  return unique;
}
