import { hideSecrets } from './hide-secrets';

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
 * by `name` or `type`.
 */
export function mergeLayers(layers: readonly ConfigLayer[]): {
  values: Record<string, unknown>;
  explained: ExplainedValue[];
} {
  const sources = new Map<string, ConfigSource>();
  let values: Record<string, unknown> = {};
  for (const { source, values: over } of [...layers].reverse()) {
    values = overlay(values, over, '', source, sources) as Record<string, unknown>;
  }
  return { values, explained: explain(values, '', sources) };
}

/** What is copied key by key even when only one source has it. All else a caller passes stays the caller's own object. */
const SECTIONS = /(?:^|\]|\.(?:queue|batch|retry|breaker|rateLimit|filter)|^(?:levels|fields|redact))$/;

function overlay(
  under: unknown,
  over: unknown,
  path: string,
  source: ConfigSource,
  sources: Map<string, ConfigSource>,
): unknown {
  if (over === undefined) return under;
  if (Array.isArray(under) && isPlain(over)) {
    return under.map((element: unknown, index) =>
      overlay(element, pickElement(over, element, index), `${path}[${index}]`, source, sources),
    );
  }
  if (FORMAT.test(path) && typeof under === 'string' && isPlain(over)) under = { name: under };
  if (isPlain(over) && (isPlain(under) || (under === undefined && SECTIONS.test(path)))) {
    const merged: Record<string | symbol, unknown> = isOtherFormat(under, over, path) ? {} : { ...under };
    for (const key of Reflect.ownKeys(over)) {
      const value = over[key as string];
      if (typeof key === 'symbol') merged[key] = value;
      else merged[key] = overlay(merged[key], value, path === '' ? key : `${path}.${key}`, source, sources);
    }
    return merged;
  }
  for (const known of sources.keys())
    if (known.startsWith(path + '[') || known.startsWith(path + '.')) sources.delete(known);
  if (Array.isArray(over) && path === 'destinations') {
    return over.map((element: unknown, index) => overlay(undefined, element, `${path}[${index}]`, source, sources));
  }
  sources.set(path, source);
  return over;
}

/** A destination's format. */
const FORMAT = /\]\.format$/;

/** Whether another formatter is named: the options of the one before are not its. */
function isOtherFormat(under: unknown, over: Record<string, unknown>, path: string): boolean {
  if (!FORMAT.test(path) || !isPlain(under)) return false;
  return over['name'] !== undefined && over['name'] !== under['name'];
}

function pickElement(over: Record<string, unknown>, element: unknown, index: number): unknown {
  if (String(index) in over) return over[String(index)];
  if (!isRecord(element)) return undefined;
  const words = [element['name'], element['type']].map((word) => String(word).toLowerCase());
  const key = Object.keys(over).find((candidate) => words.includes(candidate.toLowerCase()));
  return key === undefined ? undefined : over[key];
}

function explain(value: unknown, path: string, sources: ReadonlyMap<string, ConfigSource>): ExplainedValue[] {
  const source = sources.get(path);
  if (source !== undefined) return [{ path, value: hideSecrets(path, value), source }];
  if (Array.isArray(value))
    return value.flatMap((element: unknown, index) => explain(element, `${path}[${index}]`, sources));
  if (!isRecord(value)) return [];
  return Object.keys(value).flatMap((key) => explain(value[key], path === '' ? key : `${path}.${key}`, sources));
}
