import { definePlugin, type Formatter } from '@metaexpert/logger-core';
import { FIELD_CHOICE_SCHEMA } from '../record/field-choice';
import { TIMESTAMP_SCHEMA } from '../time/timestamp';
import { createFlatJson, type FlatJsonOptions } from './flat-json';
import { PERFORMANCE_SLOTS } from './trade-slots';

/** Options of a performance formatter. */
export type PerformanceOptions = FlatJsonOptions;

/**
 * Makes a formatter of one flat JSON object a record: `time`, `operation`, `durationMs`, `outcome`, `thresholdMs`, `slow` (what
 * `log.time` records; snake_case is taken too), then all other fields. Called once per record; keeps nothing of it.
 *
 * @throws ConfigError - `MXL_CONFIG_INVALID`, for a zone that is none
 */
export function createPerformance(options: PerformanceOptions = {}): Formatter {
  return createFlatJson(options, PERFORMANCE_SLOTS);
}

/** The performance formatter with its defaults. */
export const performance: Formatter = createPerformance();

/** What `format: 'performance'` in plain configuration means. */
export const performancePlugin = definePlugin({
  kind: 'formatter',
  type: 'performance',
  schema: { ...FIELD_CHOICE_SCHEMA, timestamp: TIMESTAMP_SCHEMA },
  create: (options: PerformanceOptions) => createPerformance(options),
});
