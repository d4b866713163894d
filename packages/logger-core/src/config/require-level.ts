import { ConfigError } from '../errors';
import { type Level, LEVELS, parseLevel } from '../level';

/** @throws ConfigError when it is no level */
export function requireLevel(given: string): Level {
  const level = parseLevel(given);
  if (level !== undefined) return level;
  throw new ConfigError([{ path: 'level', message: `'${given}' is not one of ${LEVELS.join(', ')}` }]);
}
