// What reads our files back; the other half of ours.mjs.
export { readLog, readLogLines } from '@metaexpert/logger-transports-file';
