import { type Plugin } from '../plugin/plugin';
import { dedupePlugin } from './dedupe';
import { fingersCrossedPlugin } from './fingers-crossed';
import { onChangePlugin } from './on-change';
import { rateLimitPlugin } from './rate-limit';
import { samplePlugin } from './sample';
import { sourcePlugin } from './source';

/** The processors that plain configuration can name without a plugin. */
export const PROCESSOR_PLUGINS: readonly Plugin[] = [
  dedupePlugin,
  fingersCrossedPlugin,
  onChangePlugin,
  rateLimitPlugin,
  samplePlugin,
  sourcePlugin,
];
