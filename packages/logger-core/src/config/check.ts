import { inspect } from 'node:util';
import { type ConfigIssue } from '../errors';
import { checkFormat } from './check-format';
import { isRecord } from './layers';
import { type Processor } from '../pipeline/processor';
import { carriedOptions } from '../plugin/carried-processor';
import { carriedPlugin, type PlacedOptions, type TransportPlugin } from '../plugin/plugin';
import { type PluginRegistry } from '../plugin/registry';
import { nearestWord } from './nearest-word';
import { destinationSchema, LOGGER_SCHEMA, pluginOptionsSchema } from './schema';
import { validate } from './validate';

const CALLABLE_KEYS: readonly string[] = ['clock', 'format', 'processors', 'plugins'];

/** Every mistake in merged options; empty when they can be used. Opens nothing. */
export function checkOptions(options: Readonly<Record<string, unknown>>, registry: PluginRegistry): ConfigIssue[] {
  const plain = Object.fromEntries(Object.entries(options).filter(([key]) => !CALLABLE_KEYS.includes(key)));
  const issues = validate(LOGGER_SCHEMA, plain, '');
  issues.push(...checkCallables(options), ...checkProcessors(options['processors'], registry));
  const destinations = options['destinations'];
  if (Array.isArray(destinations)) {
    destinations.forEach((destination: unknown, index) => {
      if (isRecord(destination)) issues.push(...checkDestination(destination, `destinations[${index}]`, registry));
    });
    issues.push(...checkByPlugins(destinations, registry, issues), ...checkNames(destinations));
  }
  return issues;
}

function checkDestination(
  destination: Readonly<Record<string, unknown>>,
  path: string,
  registry: PluginRegistry,
): ConfigIssue[] {
  const { type, format, filter } = destination;
  const known = registry.types('transport');
  const plugin = typeof type === 'string' ? registry.transport(type) : undefined;
  const issues: ConfigIssue[] = [];
  if (typeof type === 'string' && plugin === undefined) {
    const near = nearestWord(type, known);
    const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
    issues.push({ path: `${path}.type`, message: `'${type}' is not one of ${known.join(', ')}${hint}` });
  }
  // What plain configuration cannot say is checked by being callable, not by the schema.
  const plain = { ...destination };
  if (typeof format === 'function' || isRecord(format)) delete plain['format'];
  if (typeof filter === 'function') delete plain['filter'];
  const spool = registry.spool();
  const schema = destinationSchema(plugin?.schema, registry.types('formatter'), spool?.schema);
  issues.push(...validate(schema, plain, path), ...checkFormat(format, `${path}.format`, registry));
  issues.push(...checkSpool(destination, path, spool !== undefined));
  const members = plugin?.group === true ? destination['destinations'] : undefined;
  if (Array.isArray(members)) {
    members.forEach((member: unknown, index) => {
      if (isRecord(member)) issues.push(...checkDestination(member, `${path}.destinations[${index}]`, registry));
    });
  }
  return issues;
}

/** What each plugin has to say of all its destinations that are switched on, members of groups included. */
function checkByPlugins(
  destinations: readonly unknown[],
  registry: PluginRegistry,
  found: readonly ConfigIssue[],
): ConfigIssue[] {
  const placed = new Map<TransportPlugin, PlacedOptions[]>();
  const place = (list: readonly unknown[], path: string): void => {
    list.forEach((options, index) => {
      if (!isRecord(options) || typeof options['type'] !== 'string' || options['enabled'] === false) return;
      const plugin = registry.transport(options['type']);
      if (plugin === undefined) return;
      const where = `${path}[${index}]`;
      const valid = !found.some((issue) => issue.path.startsWith(where));
      if (plugin.check !== undefined) placed.set(plugin, [...(placed.get(plugin) ?? []), { where, options, valid }]);
      if (plugin.group === true && Array.isArray(options['destinations']))
        place(options['destinations'], `${where}.destinations`);
    });
  };
  place(destinations, 'destinations');
  return [...placed].flatMap(([plugin, options]) => plugin.check?.(options) ?? []);
}

function checkSpool({ queue, spool }: Readonly<Record<string, unknown>>, path: string, known: boolean): ConfigIssue[] {
  const overflow = isRecord(queue) ? queue['overflow'] : undefined;
  const where = overflow === 'spool' ? 'queue.overflow' : 'spool';
  if (spool === undefined && overflow !== 'spool') return [];
  if (!known)
    return [
      { path: `${path}.${where}`, message: `'spool' needs a plugin that brings a spool, and none of these does` },
    ];
  if (spool === undefined) return [{ path: `${path}.spool`, message: `is missing: overflow 'spool' needs { dir }` }];
  if (overflow === undefined || overflow === 'spool') return [];
  return [{ path: `${path}.spool`, message: `has no part in overflow ${inspect(overflow)}: leave one of them out` }];
}

function checkProcessors(processors: unknown, registry: PluginRegistry): ConfigIssue[] {
  if (processors === undefined) return [];
  if (!Array.isArray(processors)) return [{ path: 'processors', message: 'is not an array' }];
  return processors.flatMap((one: unknown, index) => {
    const type = isRecord(one) ? one['type'] : undefined;
    const plugin = typeof one === 'function' ? carriedPlugin(one) : registry.processor(String(type));
    const own = typeof one === 'function' ? carriedOptions(one as Processor) : one;
    if (plugin?.schema !== undefined)
      return validate(pluginOptionsSchema('type', plugin.schema), own, `processors[${index}]`);
    if (typeof one === 'function' || plugin !== undefined) return [];
    const known = registry.types('processor').join(', ') || 'none';
    return [
      {
        path: `processors[${index}]`,
        message: `is neither a function nor an object with a known type (known: ${known})`,
      },
    ];
  });
}

function checkCallables({ clock, format, plugins }: Readonly<Record<string, unknown>>): ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  if (clock !== undefined && !(isRecord(clock) && typeof clock['now'] === 'function')) {
    issues.push({ path: 'clock', message: 'is not an object with a function now()' });
  }
  if (format !== undefined && typeof (format as { transform?: unknown }).transform !== 'function') {
    issues.push({
      path: 'format',
      message: 'is not a winston format; the text of a destination is chosen by destinations[].format',
    });
  }
  if (plugins !== undefined && !(Array.isArray(plugins) && plugins.every((one) => isRecord(one) && 'create' in one))) {
    issues.push({ path: 'plugins', message: 'is not an array of plugins made by definePlugin()' });
  }
  return issues;
}

function checkNames(destinations: readonly unknown[]): ConfigIssue[] {
  const seen = new Set<unknown>();
  return destinations.flatMap((destination, index) => {
    const name = isRecord(destination) ? destination['name'] : undefined;
    if (name === undefined || !seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ path: `destinations[${index}].name`, message: `${inspect(name)} is the name of another destination` }];
  });
}
