import { ConfigError } from '../errors';
import { parseLevel } from '../level';
import { carriedPlugin, type Plugin } from '../plugin/plugin';
import { PluginRegistry } from '../plugin/registry';
import { findAppName } from './app-name';
import { splitArgv } from './argv';
import { checkOptions } from './check';
import { readConfigFile } from './config-file';
import { readEnvironment } from './environment';
import { type ConfigLayer, type ExplainedValue, isRecord, mergeLayers } from './layers';
import { type LoggerOptions, type Preset } from './logger-options';
import { DEFAULTS, PRESETS } from './presets';
import { nameSources } from './name-sources';
import { LOGGER_SCHEMA } from './schema';

/** A configuration that has been checked, and where each of its values comes from. */
export interface ResolvedConfig {
  readonly options: LoggerOptions &
    Required<Pick<LoggerOptions, 'name' | 'level' | 'destinations' | 'shutdownTimeoutMs'>>;
  readonly registry: PluginRegistry;
  readonly explained: readonly ExplainedValue[];
}

/**
 * Brings command line, code, environment, file, preset and defaults together (DESIGN 4.5).
 *
 * @throws ConfigError with every mistake, before anything is opened
 */
export function resolveConfig(given: LoggerOptions | Preset | undefined): ResolvedConfig {
  const input: LoggerOptions = typeof given === 'string' ? { preset: given } : (given ?? {});
  if (!isRecord(input))
    throw new ConfigError([{ path: '', message: 'the options are not an object or the name of a preset' }]);
  const { argv, code } = splitArgv(input);
  const layers: ConfigLayer[] = [
    { source: 'command line', values: argv },
    { source: 'code', values: code },
  ];
  if (input.sources !== false) {
    layers.push({ source: 'environment', values: readEnvironment(process.env, (key) => Object.hasOwn(known, key)) });
    layers.push({ source: 'file', values: readConfigFile(process.env) });
  }
  const preset = layers.map(({ values }) => values['preset']).find((value) => value !== undefined);
  if (isPreset(preset)) layers.push({ source: 'preset', values: { ...PRESETS[preset] } });
  layers.push({ source: 'default', values: { ...DEFAULTS, name: findAppName() } });

  const { values, explained, issues: unplaced } = mergeLayers(layers);
  canonizeLevels(values);
  const plugins = [...((input.plugins ?? []) as Plugin[]), ...carried(values['destinations'])];
  const registry = new PluginRegistry(plugins);
  const issues = [...unplaced, ...checkOptions(values, registry)];
  if (issues.length > 0) throw new ConfigError(nameSources(issues, explained));
  return { options: values as unknown as ResolvedConfig['options'], registry, explained };
}

/** For each value of the configuration that `createLogger` would use: where it came from. */
export function explainConfig(given?: LoggerOptions | Preset): readonly ExplainedValue[] {
  return resolveConfig(given).explained;
}

const known = LOGGER_SCHEMA['properties'] as Readonly<Record<string, unknown>>;

function isPreset(value: unknown): value is Preset {
  return typeof value === 'string' && Object.hasOwn(PRESETS, value);
}

function carried(destinations: unknown): Plugin[] {
  if (!Array.isArray(destinations)) return [];
  return destinations.flatMap((one: unknown) => (isRecord(one) ? (carriedPlugin(one) ?? []) : []));
}

/** Levels may be written in any letter case; what is no level stays as it is, for the check to complain of. */
function canonizeLevels(values: Record<string, unknown>): void {
  canonize(values, 'level');
  if (isRecord(values['levels'])) for (const name of Object.keys(values['levels'])) canonize(values['levels'], name);
  if (!Array.isArray(values['destinations'])) return;
  for (const destination of values['destinations'] as unknown[]) {
    if (!isRecord(destination)) continue;
    canonize(destination, 'level');
    if (isRecord(destination['filter'])) canonize(destination['filter'], 'minLevel');
  }
}

function canonize(holder: Record<string, unknown>, key: string): void {
  const level = parseLevel(holder[key]);
  if (level !== undefined) holder[key] = level;
}
