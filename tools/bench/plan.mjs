import { modes } from './modes/catalogue.mjs';
import { formatModes } from './modes/formats.mjs';
import { remoteModes } from './modes/remote.mjs';
import { verificationModes } from './modes/verification.mjs';
import { firstRecords } from './modes/first-records.mjs';

const rotating = 'winston + daily-rotate-file';
const pinoFiles = ['pino sync', 'pino async', 'pino worker', 'pino-roll'];

/**
 * What is measured, over which modes, how often. `job` goes to the child as it is; `run` names its measure. Rounds of
 * the long ones are fewer, since each of their runs takes a hundred thousand samples.
 */
export function planFor({ rounds, records, paced, soak, rotatedBytes, archivedBytes, quick, only }) {
  const fewer = Math.min(rounds, 3);
  const load = { perSecond: 10_000, seconds: paced, warmupSeconds: 1 };
  const apart = ['ours, dead remote', 'ours, compressed'];
  const everything = Object.keys(modes).filter((mode) => !apart.includes(mode));
  const measures = [
    {
      name: 'throughput',
      run: 'throughput',
      modes: everything,
      rounds,
      job: { records, warmup: 10_000, yieldEvery: 1000 },
    },
    {
      name: 'burst',
      run: 'throughput',
      modes: everything.filter((mode) => mode !== 'empty loop'),
      rounds,
      job: { records: 5000, warmup: 10_000, yieldEvery: 0 },
    },
    {
      name: 'latency',
      run: 'latency',
      modes: [
        'empty loop',
        'ours',
        'ours, five destinations',
        ...pinoFiles,
        rotating,
        'LogTape',
        'LogTape, non-blocking',
        'log4js',
      ],
      rounds: fewer,
      job: load,
    },
    {
      name: 'critical',
      run: 'critical',
      modes: ['ours', ...pinoFiles, rotating],
      rounds: fewer,
      job: { ...load, seconds: paced / 2, every: 200 },
    },
    {
      name: 'critical, quiet',
      run: 'critical',
      modes: ['ours', 'pino sync', 'pino worker', rotating],
      rounds: fewer,
      job: { perSecond: 100, seconds: quick ? 5 : 10, warmupSeconds: 1, every: 1 },
    },
    {
      name: 'disabled',
      run: 'disabled',
      modes: ['empty loop', 'ours', 'pino sync', rotating, 'LogTape', 'log4js'],
      rounds: fewer,
      job: { calls: 2_000_000, repeats: 5 },
    },
    {
      name: 'memory',
      run: 'memory',
      modes: ['empty loop', 'ours, dead remote', 'pino worker', rotating],
      rounds: soak > 120 ? 1 : fewer,
      job: { perSecond: 10_000, seconds: soak },
    },
    {
      name: 'rotation',
      run: 'rotation',
      modes: ['empty loop', 'ours', rotating],
      rounds: fewer,
      job: { perSecond: 10_000, seconds: 4, fileBytes: rotatedBytes, options: { maxSize: rotatedBytes } },
    },
    {
      name: 'gigabytes',
      run: 'gigabytes',
      modes: ['ours, compressed'],
      rounds: 1,
      job: { bytes: archivedBytes, seconds: 900 },
    },
    { name: 'concurrent', run: 'concurrent', modes: ['ours'], rounds: fewer, job: { operations: 10_000 } },
    {
      name: 'formats',
      run: 'formats',
      modes: Object.keys(formatModes),
      rounds: fewer,
      job: { records: quick ? 20_000 : 100_000, warmup: 20_000, yieldEvery: 1000 },
    },
    {
      name: 'verification',
      run: 'verification',
      modes: Object.keys(verificationModes),
      rounds: fewer,
      job: { records: quick ? 100_000 : 1_000_000, yieldEvery: 1000 },
    },
    {
      name: 'remote',
      run: 'remote',
      modes: Object.keys(remoteModes),
      rounds: fewer,
      job: { records: records / 10, warmup: 2000, yieldEvery: 1000 },
    },
    { name: 'startup', run: 'startup', modes: Object.keys(firstRecords), rounds: quick ? 5 : 2 * rounds, job: {} },
  ];
  if (!only) return measures;
  return measures
    .map((measure) => ({ ...measure, modes: measure.modes.filter((mode) => only.test(`${measure.name}/${mode}`)) }))
    .filter((measure) => measure.modes.length > 0);
}
