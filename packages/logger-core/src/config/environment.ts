import { parseText, setPath, toCamelCase } from './key-path';

const PREFIX = 'METAEXPERT_LOG_';
const CONFIG_FILE = 'METAEXPERT_LOG_CONFIG';

/**
 * The environment's part of the configuration: `METAEXPERT_LOG_LEVEL=debug`, nested keys with `__`
 * (`METAEXPERT_LOG_DESTINATIONS__0__QUEUE__MAX_RECORDS=500`). Logger names under `LEVELS` keep their dots and
 * are lower case.
 *
 * @param accepts - keys at the top level that are this reader's; others belong to another program
 */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  accepts: (key: string) => boolean,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(PREFIX) || name === CONFIG_FILE || text === undefined || text === '') continue;
    const parts = name.slice(PREFIX.length).split('__');
    const path =
      parts[0] === 'LEVELS' ? ['levels', ...parts.slice(1).map((part) => part.toLowerCase())] : parts.map(toCamelCase);
    const key = path[0] ?? '';
    if (accepts(key)) setPath(values, path, key === 'name' ? text : parseText(text));
  }
  return values;
}
