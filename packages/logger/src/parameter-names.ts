import { nearestWord } from '@metaexpert/logger-core';
import { PARAMETER_DEFAULTS, type ParameterName } from './parameters';

const ALIASES: Readonly<Record<string, ParameterName>> = {
  logDirectory: 'logDir',
  tradeLogFile: 'logTradeFile',
  errorLogFile: 'logErrorFile',
  structuredLogging: 'jsonLogging',
  logMaxFileSize: 'maxBytes',
  logBackupCount: 'backupCount',
};

const CORE_KEYS: readonly string[] = [
  'preset', 'levels', 'fields', 'destinations', 'processors', 'plugins', 'redact', 'clock', 'exitHooks', 'format',
  'source', 'sources', 'shutdownTimeoutMs',
]; // prettier-ignore

/** A parameter's name in any spelling: snake_case, camelCase, an alias, or (from the command line) without its `log`. */
export function parameterName(key: string): ParameterName | undefined {
  const camel = key.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const name = ALIASES[camel] ?? camel;
  if (Object.hasOwn(PARAMETER_DEFAULTS, name)) return name as ParameterName;
  const prefixed = `log${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
  return Object.hasOwn(PARAMETER_DEFAULTS, prefixed) ? (prefixed as ParameterName) : ALIASES[prefixed];
}

export function isCoreKey(key: string): boolean {
  return CORE_KEYS.includes(key);
}

/** The known name closest to a key that is none, in the spelling the key was written in. */
export function nearestParameter(key: string): string | undefined {
  const names = [...Object.keys(PARAMETER_DEFAULTS), ...Object.keys(ALIASES), ...CORE_KEYS];
  const near = nearestWord(key, names);
  return near !== undefined && key.includes('_') && !isCoreKey(near) ? toSnakeCase(near) : near;
}

export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
