import { OVERFLOWS } from '../destination/overflow';
import { LEVELS } from '../level';
import { CATEGORIES } from '../record/log-record';

type Schema = Readonly<Record<string, unknown>>;

const count = { type: 'integer', minimum: 1 };
const durationMs = { type: 'number', minimum: 0 };
const text = { type: 'string', minLength: 1 };
const level = { enum: [...LEVELS] };

function closed(properties: Schema, required: readonly string[] = []): Schema {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** What every destination may have beside its type's own keys (DESIGN 4.2). */
const DESTINATION_PROPERTIES: Schema = {
  type: text,
  name: text,
  enabled: { type: 'boolean' },
  level,
  filter: closed({
    category: { anyOf: [{ enum: [...CATEGORIES] }, { type: 'array', items: { enum: [...CATEGORIES] } }] },
    logger: text,
    minLevel: level,
    match: { type: 'object' },
  }),
  delivery: { enum: ['safe', 'audit'] },
  queue: closed({ maxRecords: count, maxBytes: count, overflow: { enum: [...OVERFLOWS] } }),
  batch: closed({ maxRecords: count, maxBytes: count, maxDelayMs: durationMs }),
  retry: closed({ minDelayMs: durationMs, maxDelayMs: durationMs, maxElapsedMs: durationMs }),
  breaker: closed({ failures: count, cooldownMs: durationMs }),
  timeoutMs: { type: 'number', exclusiveMinimum: 0 },
  rateLimit: closed({ perSecond: { type: 'number', exclusiveMinimum: 0 }, burst: count }, ['perSecond']),
};

/** A logger's options but for its destinations, each of which has the schema of its type. */
export const LOGGER_SCHEMA: Schema = closed({
  preset: { enum: ['development', 'production', 'backtesting'] },
  name: text,
  level,
  levels: { type: 'object', additionalProperties: level },
  fields: { type: 'object' },
  destinations: { type: 'array', items: { type: 'object', required: ['type'] } },
  redact: {
    anyOf: [{ const: false }, closed({ keys: { type: 'array', items: text }, defaults: { type: 'boolean' } })],
  },
  exitHooks: { type: 'boolean' },
  sources: { type: 'boolean' },
  source: { type: 'boolean' },
  shutdownTimeoutMs: durationMs,
  // Checked by what they can do, not by a schema; named here so that they are known.
  processors: {},
  plugins: {},
  clock: {},
  format: {},
});

/** The schema of one destination: the common keys and its plugin's own. */
export function destinationSchema(own: Schema | undefined, formats: readonly string[], spool: Schema = {}): Schema {
  const wrapped = own === undefined || isObjectSchema(own) ? own : { type: 'object', properties: own };
  const required = (wrapped?.['required'] as string[] | undefined) ?? [];
  return {
    ...wrapped,
    type: 'object',
    properties: {
      ...DESTINATION_PROPERTIES,
      format: { enum: formats },
      spool,
      ...(wrapped?.['properties'] as Schema | undefined),
    },
    required: ['type', ...required],
    additionalProperties: own === undefined ? true : (wrapped?.['additionalProperties'] ?? false),
  };
}

/** The schema of a processor or formatter of plain configuration: its plugin's own keys beside the one that names the plugin. */
export function pluginOptionsSchema(named: 'type' | 'name', own: Schema): Schema {
  const properties = isObjectSchema(own) ? ((own['properties'] as Schema | undefined) ?? {}) : own;
  return {
    ...(isObjectSchema(own) ? own : {}),
    ...closed({ [named]: text, ...properties }, own['required'] as string[] | undefined),
  };
}

function isObjectSchema(schema: Schema): boolean {
  return schema['type'] === 'object' || typeof schema['properties'] === 'object' || Object.keys(schema).length === 0;
}
