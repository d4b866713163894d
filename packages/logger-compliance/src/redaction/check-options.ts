import { inspect } from 'node:util';
import { type ConfigIssue, nearestWord } from '@metaexpert/logger-core';
import { DETECTORS } from './detectors';
import { parsePath } from './key-path';
import { PRESETS } from './presets';

type Check = (value: unknown, path: string) => ConfigIssue[];

const OPTIONS: Readonly<Record<string, Check>> = {
  type: () => [],
  presets: list(word(Object.keys(PRESETS))),
  paths: list(either(isPath, { path: isPath, action: isAction, name: isText })),
  keys: list(either(isKey, { key: isKey, action: isAction, name: isText })),
  values: list(either(word([...DETECTORS.keys()]), { value: word([...DETECTORS.keys()]), action: isAction })),
  patterns: list(members({ name: isText, pattern: isPattern, action: isAction }, ['name', 'pattern'])),
  protect: list((value, path) => (value === undefined || typeof value === 'string' ? [] : isText(value, path))),
  action: isAction,
  pseudonymize: (value, path) => (typeof value === 'function' ? [] : issue(path, value, 'is not a function')),
};

/** Every mistake in the options of a redaction; empty when they can be used. */
export function checkRedactionOptions(options: unknown, path = ''): ConfigIssue[] {
  const issues = members(OPTIONS, [])(options, path);
  if (issues.length > 0 || (options as { pseudonymize?: unknown }).pseudonymize !== undefined) return issues;
  if (!inspect(options, { depth: 4 }).includes("action: 'pseudonym'")) return issues;
  return [{ path: joined(path, 'action'), message: `'pseudonym' needs the option 'pseudonymize'` }];
}

function issue(path: string, value: unknown, what: string): ConfigIssue[] {
  return [{ path, message: `${inspect(value, { depth: 1, breakLength: Infinity })} ${what}` }];
}

function joined(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function list(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((one: unknown, index) => check(one, `${path}[${index}]`))
      : issue(path, value, 'is not an array');
}

function either(short: Check, properties: Readonly<Record<string, Check>>): Check {
  const [required = ''] = Object.keys(properties);
  const long = members(properties, [required]);
  return (value, path) => (isObject(value) && !(value instanceof RegExp) ? long(value, path) : short(value, path));
}

function members(properties: Readonly<Record<string, Check>>, required: readonly string[]): Check {
  return (value, path) => {
    if (!isObject(value)) return issue(path, value, 'is not an object');
    const known = Object.keys(properties);
    const missing = required.filter((key) => value[key] === undefined);
    return [
      ...missing.map((key) => ({ path: joined(path, key), message: 'is missing' })),
      ...Object.entries(value).flatMap(([key, one]) => {
        const check = Object.hasOwn(properties, key) ? properties[key] : undefined;
        if (check === undefined) return [{ path: joined(path, key), message: `is not known${hint(key, known)}` }];
        return one === undefined ? [] : check(one, joined(path, key));
      }),
    ];
  };
}

function word(allowed: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : issue(path, value, `is not one of ${allowed.join(', ')}${hint(value, allowed)}`);
}

function hint(value: unknown, allowed: readonly string[]): string {
  const near = typeof value === 'string' ? nearestWord(value, allowed) : undefined;
  return near === undefined ? '' : ` (did you mean '${near}'?)`;
}

function isText(value: unknown, path: string): ConfigIssue[] {
  return typeof value === 'string' && value !== '' ? [] : issue(path, value, 'is not a text');
}

function isPath(value: unknown, path: string): ConfigIssue[] {
  if (typeof value === 'string' && parsePath(value) !== undefined) return [];
  return issue(path, value, `is not a path such as 'user.email', 'orders[*].account' or '**.card'`);
}

function isKey(value: unknown, path: string): ConfigIssue[] {
  return value instanceof RegExp ? [] : isText(value, path);
}

function isPattern(value: unknown, path: string): ConfigIssue[] {
  if (value instanceof RegExp) return [];
  if (typeof value !== 'string') return issue(path, value, 'is neither a RegExp nor the source of one');
  try {
    new RegExp(value);
    return [];
  } catch (thrown) {
    return issue(path, value, `is no regular expression: ${(thrown as Error).message}`);
  }
}

function isAction(value: unknown, path: string): ConfigIssue[] {
  if (!isObject(value)) return word(['mask', 'remove', 'hash', 'pseudonym'])(value, path);
  const { keepLast } = value;
  const valid = Number.isInteger(keepLast) && (keepLast as number) > 0 && Object.keys(value).length === 1;
  return valid ? [] : issue(path, value, 'is not { keepLast: n } with a whole number above zero');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
