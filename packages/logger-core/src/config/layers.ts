import { type ConfigIssue } from '../errors';
import { hideSecrets } from './hide-secrets';
import { nearestWord } from './nearest-word';

/** Where a value of the configuration comes from, highest first. */
export type ConfigSource = 'command line' | 'code' | 'environment' | 'file' | 'preset' | 'default';

/** One source's part of the configuration. */
export interface ConfigLayer {
  readonly source: ConfigSource;
  readonly values: Readonly<Record<string, unknown>>;
}

/** One value of the configuration in force. */
export interface ExplainedValue {
  /** `queue.maxRecords`, `destinations[0].level`. */
  readonly path: string;
  readonly value: unknown;
  readonly source: ConfigSource;
}

/** A plain object: what is merged key by key. Instances (formats, clocks, plugins) are values. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/**
 * Merges layers, highest first. Objects merge key by key, arrays are replaced whole, save that an object in the
 * place of an array (`destinations__0__level` in the environment) changes the elements it names, by index or
 * by `name` or `type`; a key of it that names none is among the issues.
 */
export function mergeLayers(layers: readonly ConfigLayer[]): {
  values: Record<string, unknown>;
  explained: ExplainedValue[];
  issues: ConfigIssue[];
} {
  const merge: Merge = { sources: new Map(), issues: [] };
  let values: Record<string, unknown> = {};
  for (const { source, values: over } of [...layers].reverse()) {
    values = overlay(values, over, '', source, merge) as Record<string, unknown>;
  }
  return { values, explained: explain(values, '', merge.sources), issues: merge.issues };
}

/** What is known of the values merged so far. */
interface Merge {
  readonly sources: Map<string, ConfigSource>;
  issues: ConfigIssue[];
}

/** What is copied key by key even when only one source has it. All else a caller passes stays the caller's own object. */
const SECTIONS = /(?:^|\]|\.(?:queue|batch|retry|breaker|rateLimit|filter)|^(?:levels|fields|redact))$/;

function overlay(under: unknown, over: unknown, path: string, source: ConfigSource, merge: Merge): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && isPlain(over)) {
    merge.issues.push(...unknownElements(under, over, path));
    return under.map((element: unknown, index) => {
      const key = Object.keys(over).find((candidate) => isNamed(element, index, candidate));
      return overlay(element, key === undefined ? undefined : over[key], `${path}[${index}]`, source, merge);
    });
  }
  if (FORMAT.test(path) && typeof under === 'string' && isPlain(over)) under = { name: under };
  if (isPlain(over) && (isPlain(under) || (under === undefined && SECTIONS.test(path)))) {
    const merged: Record<string | symbol, unknown> = isOtherFormat(under, over, path) ? {} : { ...under };
    for (const key of Reflect.ownKeys(over)) {
      const value = over[key as string];
      if (typeof key === 'symbol') merged[key] = value;
      else merged[key] = overlay(merged[key], value, path === '' ? key : `${path}.${key}`, source, merge);
    }
    return merged;
  }
  // What was said of parts of the old value is of no account any more.
  for (const known of merge.sources.keys()) if (isPartOf(known, path)) merge.sources.delete(known);
  merge.issues = merge.issues.filter((issue) => !isPartOf(issue.path, path));
  if (Array.isArray(over) && path === 'destinations') {
    return over.map((element: unknown, index) => overlay(undefined, element, `${path}[${index}]`, source, merge));
  }
  merge.sources.set(path, source);
  return over;
}

/** A destination's format. */
const FORMAT = /\]\.format$/;

/** Whether another formatter is named: the options of the one before are not its. */
function isOtherFormat(under: unknown, over: Record<string, unknown>, path: string): boolean {
  if (!FORMAT.test(path) || !isPlain(under)) return false;
  return over['name'] !== undefined && over['name'] !== under['name'];
}

function isPartOf(known: string, path: string): boolean {
  return known.startsWith(path + '[') || known.startsWith(path + '.');
}

function unknownElements(elements: readonly unknown[], over: Record<string, unknown>, path: string): ConfigIssue[] {
  const known = elements.map((element) => namesOf(element)[0] ?? '').filter((name) => name !== '');
  return Object.keys(over)
    .filter((key) => !elements.some((element, index) => isNamed(element, index, key)))
    .map((key) => {
      const near = nearestWord(key, known);
      const hint = near === undefined ? '' : ` (did you mean '${near}'?)`;
      return { path: `${path}.${key}`, message: `names none of ${known.join(', ')}${hint}, nor an index` };
    });
}

/** An element goes by its index, its name and its type; `REMOTE_1` is `remote-1`, as the environment has to write it. */
function isNamed(element: unknown, index: number, key: string): boolean {
  return key === String(index) || namesOf(element).some((name) => lettersOf(name) === lettersOf(key));
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[-_\s]/g, '');
}

function namesOf(element: unknown): string[] {
  if (!isRecord(element)) return [];
  return [element['name'], element['type']].filter((name) => typeof name === 'string');
}

function explain(value: unknown, path: string, sources: ReadonlyMap<string, ConfigSource>): ExplainedValue[] {
  const source = sources.get(path);
  if (source !== undefined) return [{ path, value: hideSecrets(path, value), source }];
  if (Array.isArray(value))
    return value.flatMap((element: unknown, index) => explain(element, `${path}[${index}]`, sources));
  if (!isRecord(value)) return [];
  return Object.keys(value).flatMap((key) => explain(value[key], path === '' ? key : `${path}.${key}`, sources));
}
