import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError } from '../errors';
import { isRecord } from './layers';

const DEFAULT_FILE = 'metaexpert-logger.json';

/**
 * The file's part of the configuration: the file that `METAEXPERT_LOG_CONFIG` names, else `metaexpert-logger.json`
 * in the working directory, else nothing.
 *
 * @throws ConfigError `MXL_CONFIG_FILE` when a named file is not there, or it is no JSON object
 */
export function readConfigFile(env: Readonly<Record<string, string | undefined>>): Record<string, unknown> {
  const named = env['METAEXPERT_LOG_CONFIG'];
  const path = resolve(named === undefined || named === '' ? DEFAULT_FILE : named);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' && (named ?? '') === '') return {};
    throw new ConfigError(
      [{ path: 'METAEXPERT_LOG_CONFIG', message: `cannot read the configuration: ${message}` }],
      'MXL_CONFIG_FILE',
    );
  }
  try {
    const values: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isRecord(values)) return values;
  } catch (thrown) {
    throw new ConfigError([{ path, message: `is not JSON: ${(thrown as Error).message}` }], 'MXL_CONFIG_FILE');
  }
  throw new ConfigError([{ path, message: 'does not hold a JSON object' }], 'MXL_CONFIG_FILE');
}
