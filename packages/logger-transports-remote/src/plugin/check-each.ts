import { type ConfigIssue, type PlacedOptions } from '@metaexpert/logger-core';

/** A plugin's check of destinations that know nothing of each other; `check` sees what the schema has let through. */
// The one cast from plain options to what the schema has shown them to be.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function checkEach<O extends object>(
  check: (options: O) => readonly ConfigIssue[],
): (destinations: readonly PlacedOptions[]) => ConfigIssue[] {
  return (destinations) =>
    destinations
      .filter(({ valid }) => valid)
      .flatMap(({ where, options }) =>
        check(options as unknown as O).map(({ path, message }) => ({
          path: path === '' ? where : `${where}.${path}`,
          message,
        })),
      );
}
