import { systemClock } from '../clock';
import { ConfigError, type ConfigIssue } from '../errors';
import { type FormatterPlugin } from '../plugin/plugin';
import { type PluginRegistry } from '../plugin/registry';
import { isRecord } from './layers';
import { nearestWord } from './nearest-word';
import { pluginOptionsSchema } from './schema';
import { validate } from './validate';

/**
 * Every mistake in a destination's `format` when that is an object, `{ name: 'text', template: '…' }`: by the schema of the
 * formatter, then by the formatter itself, whose options may say what no schema can check (a time zone).
 */
export function checkFormat(format: unknown, path: string, registry: PluginRegistry): ConfigIssue[] {
  if (!isRecord(format)) return [];
  const { name, ...own } = format;
  if (name === undefined) return [{ path: `${path}.name`, message: 'is missing' }];
  const plugin = typeof name === 'string' ? registry.formatter(name) : undefined;
  if (plugin === undefined) return [{ path: `${path}.name`, message: unknownName(name, registry.types('formatter')) }];
  const issues = plugin.schema === undefined ? [] : validate(pluginOptionsSchema('name', plugin.schema), format, path);
  return issues.length > 0 ? issues : checkByMaking(plugin, own, path);
}

function unknownName(name: unknown, known: readonly string[]): string {
  const near = typeof name === 'string' ? nearestWord(name, known) : undefined;
  const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
  return `${typeof name === 'string' ? `'${name}'` : String(name)} is not one of ${known.join(', ')}${hint}`;
}

function checkByMaking(plugin: FormatterPlugin, own: object, path: string): ConfigIssue[] {
  try {
    plugin.create(own as never, { name: plugin.type, clock: systemClock, diagnostics: { report: () => undefined } });
    return [];
  } catch (thrown) {
    // Any other error is no mistake of the configuration's: it is reported when the destination is made.
    if (!(thrown instanceof ConfigError)) return [];
    return thrown.issues.map((issue) => ({ ...issue, path: issue.path === '' ? path : `${path}.${issue.path}` }));
  }
}
