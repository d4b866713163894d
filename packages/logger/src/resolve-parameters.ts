import {
  ConfigError,
  type ConfigIssue,
  type ConfigLayer,
  type ExplainedValue,
  mergeLayers,
  nameSources,
  parseText,
  type Preset,
  readConfigFile,
  readEnvironment,
  splitArgv,
} from '@metaexpert/logger-core';
import { inspect } from 'node:util';
import { checkParameters } from './check-parameters';
import { LoggerConfig } from './logger-config';
import { type CoreOptions, type MetaLoggerOptions, PARAMETER_DEFAULTS, type ResolvedParameters } from './parameters';
import { isCoreKey, nearestParameter, parameterName, toSnakeCase } from './parameter-names';

export interface ResolvedMetaConfig {
  readonly parameters: ResolvedParameters;
  readonly core: CoreOptions;
  /** What it was made of, highest source first. */
  readonly layers: readonly ConfigLayer[];
  readonly explained: readonly ExplainedValue[];
}

const PRESETS: Readonly<Record<Preset, () => MetaLoggerOptions>> = {
  development: LoggerConfig.forDevelopment,
  production: LoggerConfig.forProduction,
  backtesting: LoggerConfig.forBacktesting,
};

/**
 * Brings command line, code, environment, file, preset and defaults together. The file may be MetaExpert's own `config.json`,
 * whose other keys are none of ours; a key in code that nobody knows is a mistake.
 *
 * @throws ConfigError with every mistake
 */
export function resolveParameters(given: MetaLoggerOptions | Preset | undefined): ResolvedMetaConfig {
  const options: MetaLoggerOptions = typeof given === 'string' ? { preset: given } : (given ?? {});
  const issues: ConfigIssue[] = [];
  const { argv, code } = splitArgv(options);
  const layers: ConfigLayer[] = [
    { source: 'command line', values: sortOut(argv, issues, true) },
    { source: 'code', values: sortOut(code, issues, true) },
  ];
  if (options.sources !== false) {
    layers.push({
      source: 'environment',
      values: { ...readEnvironment(process.env, isCoreKey), ...readParameters(process.env) },
    });
    layers.push({ source: 'file', values: sortOut(readConfigFile(process.env), issues, false) });
  }
  const preset = layers.map(({ values }) => values['preset']).find((value) => value !== undefined);
  if (isPreset(preset)) layers.push({ source: 'preset', values: { ...PRESETS[preset]() } });
  else if (preset !== undefined) {
    issues.push({ path: 'preset', message: `${inspect(preset)} is not one of ${Object.keys(PRESETS).join(', ')}` });
  }
  layers.push({ source: 'default', values: PARAMETER_DEFAULTS });

  const { values, explained } = mergeLayers(layers);
  const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  const parameters = Object.fromEntries(entries.filter(([key]) => !isCoreKey(key)));
  const core = Object.fromEntries(entries.filter(([key]) => isCoreKey(key)));
  const inSource = explained.map((one) => ({ ...one, path: isCoreKey(one.path) ? one.path : toSnakeCase(one.path) }));
  issues.push(...nameSources(checkParameters(parameters), inSource));
  if (issues.length > 0) throw new ConfigError(issues);
  return { parameters: parameters as unknown as ResolvedParameters, core, layers, explained };
}

function isPreset(value: unknown): value is Preset {
  return typeof value === 'string' && Object.hasOwn(PRESETS, value);
}

/** For each parameter that `setupLogger` would use: where its value comes from. */
export function explainConfig(given?: MetaLoggerOptions | Preset): readonly ExplainedValue[] {
  return resolveParameters(given).explained;
}

/** Gives every key its one name. */
function sortOut(given: object, issues: ConfigIssue[], strict: boolean): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = isCoreKey(key) ? key : parameterName(key);
    if (name !== undefined) values[name] = value;
    else {
      const near = nearestParameter(key);
      const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
      // In a file shared with the rest of MetaExpert only what looks like a slip of ours is one.
      if (strict || (near !== undefined && key.startsWith('log')))
        issues.push({ path: key, message: `unknown option${hint}` });
    }
  }
  return values;
}

/** `METAEXPERT_LOG_LEVEL`, `METAEXPERT_JSON_LOGGING`: the parameter's name behind `METAEXPERT_`. */
function readParameters(env: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('METAEXPERT_') || text === undefined || text === '') continue;
    const name = parameterName(variable.slice('METAEXPERT_'.length).toLowerCase());
    if (name !== undefined) values[name] = isText(name) ? text : parseText(text);
  }
  return values;
}

function isText(name: keyof typeof PARAMETER_DEFAULTS): boolean {
  return typeof PARAMETER_DEFAULTS[name] === 'string';
}
