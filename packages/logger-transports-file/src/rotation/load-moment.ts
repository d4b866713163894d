import { createRequire } from 'node:module';
import type moment from 'moment';

const load = createRequire(__filename);
let loaded: typeof moment | undefined;

/** moment.js, which winston-daily-rotate-file brings; loaded with the first date, because undated files do without. */
export function loadMoment(): typeof moment {
  return (loaded ??= load('moment') as typeof moment);
}
