import {
  ConfigError,
  type ConfigIssue,
  type ConfigLayer,
  type DestinationOptions,
  mergeLayers,
} from '@metaexpert/logger-core';

/**
 * The destinations that the parameters make, then those of the highest source that lists some; and what other sources
 * change in them (`METAEXPERT_LOG_DESTINATIONS__MAIN__LEVEL=debug`), in listed ones only if they are higher than the list.
 *
 * @param layers - highest first
 * @throws ConfigError for a key that names no destination
 */
export function placeDestinations(
  layers: readonly ConfigLayer[],
  made: readonly DestinationOptions[],
): DestinationOptions[] {
  const at = layers.findIndex(({ values }) => Array.isArray(values['destinations']));
  const listed = (layers[at]?.values['destinations'] ?? []) as DestinationOptions[];
  const lower = changed(layers.slice(at + 1), [...made, ...listed]);
  const { destinations, issues } = changed(layers.slice(0, Math.max(0, at)), [
    ...lower.destinations.slice(0, made.length),
    ...listed,
  ]);
  if (lower.issues.length + issues.length > 0) throw new ConfigError([...lower.issues, ...issues]);
  return destinations;
}

function changed(
  layers: readonly ConfigLayer[],
  destinations: readonly DestinationOptions[],
): { destinations: DestinationOptions[]; issues: readonly ConfigIssue[] } {
  const changes = layers
    .map(({ source, values }) => ({ source, values: { destinations: values['destinations'] } }))
    .filter(({ values }) => !Array.isArray(values.destinations));
  const { values, issues } = mergeLayers([...changes, { source: 'default', values: { destinations } }]);
  return { destinations: values['destinations'] as DestinationOptions[], issues };
}
