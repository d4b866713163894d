import { valuesOf } from '../harness/summary.mjs';
import { median } from '../harness/statistics.mjs';
import { number } from '../harness/text-table.mjs';

const text = (value, unit, digits = 1) => (Number.isFinite(value) ? `${number(value, digits)} ${unit}` : 'n/a');

/** The users' own floors, which every release must pass by far: so the worst round counts. Only what was measured
 * is listed. */
export function floorRows({ latency, memory, critical, 'critical, quiet': quiet, concurrent, rotation, startup }) {
  const rows = [];
  const add = (name, floor, entry, value, passed) => {
    if (entry) rows.push({ name, floor, measured: value(entry), passed: entry.failed.length === 0 && passed(entry) });
  };
  const nothingWrong = ({ faults }) => Object.values(faults).every((count) => count === 0);

  const call = latency?.ours;
  add(
    'p99 of creating a record',
    '< 1 ms',
    call,
    (entry) => text(worst(entry, 'p99Us') / 1000, 'ms', 3),
    (entry) => worst(entry, 'p99Us') < 1000,
  );
  add(
    '10,000 records/s sustained, none lost',
    '>= 9,990/s',
    call,
    (entry) => `${text(slowest(entry), '/s', 0)}, ${entry.faults.lost} lost`,
    (entry) => slowest(entry) >= 9990 && nothingWrong(entry),
  );
  add(
    '10,000 concurrent operations',
    'all on disk',
    concurrent?.ours,
    ({ ms, faults }) => `${text(ms, 'ms', 0)}, ${faults.lost} lost`,
    nothingWrong,
  );
  add(
    '95 % of critical records, under load',
    '<= 200 ms',
    critical?.ours,
    (entry) => text(worst(entry, 'p95Ms'), 'ms'),
    (entry) => worst(entry, 'p95Ms') <= 200,
  );
  add(
    '99.9 % of critical records, quiet',
    '<= 100 ms',
    quiet?.ours,
    (entry) => text(worst(entry, 'p999Ms'), 'ms'),
    (entry) => worst(entry, 'p999Ms') <= 100,
  );
  const baseline = median(valuesOf(memory?.['empty loop'], 'peakBytes'));
  add(
    'memory for logging, a remote dead',
    '< 100 MB',
    baseline === undefined ? undefined : memory['ours, dead remote'],
    (entry) => text((worst(entry, 'peakBytes') - baseline) / 1e6, 'MB'),
    (entry) => worst(entry, 'peakBytes') - baseline < 100e6,
  );
  add(
    'a rotation, whatever the size',
    '< 500 ms',
    rotation?.ours,
    (entry) => (rotatedAlways(entry) ? text(worst(entry, 'longestNearMs'), 'ms', 2) : 'did not rotate'),
    (entry) => rotatedAlways(entry) && worst(entry, 'longestNearMs') < 500,
  );
  add(
    'set-up with all files',
    '< 1 s',
    startup?.['setupLogger, three files'],
    (entry) => text(worst(entry, 'writtenMs'), 'ms', 0),
    (entry) => worst(entry, 'writtenMs') < 1000,
  );
  return rows;
}

const slowest = (entry) => Math.min(...valuesOf(entry, 'perSecond'));
const worst = (entry, field) => Math.max(...valuesOf(entry, field));
const rotatedAlways = ({ rounds }) => rounds.every(({ rotated }) => rotated);
