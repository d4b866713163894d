import { faultsOf, ratios, valuesOf } from '../harness/summary.mjs';
import { median } from '../harness/statistics.mjs';
import { number, times } from '../harness/text-table.mjs';
import { bestPino, bestRedactingPino } from './best-of.mjs';
import { bound, verdict } from './verdict.mjs';

const rotating = 'winston + daily-rotate-file';
const fileStarts = ['core + transports-file to a file', 'winston + daily-rotate-file to a file'];
const as = (unit, digits) => (value) => (Number.isFinite(value) ? `${number(value, digits)} ${unit}` : 'n/a');

/**
 * The design's own targets, one row each, beside those of the first release. `design` and `release` are bounds on the
 * median of `rounds`, what each round gave. A row whose measure did not run is left out.
 */
export function targetRows(results) {
  return targets(results)
    .filter(({ entry }) => entry)
    .map(({ name, against = '', entry, rounds, show = times, design, release }) => {
      const value = median(rounds);
      const spoilt = faultsOf(entry); // a rate with records missing is no rate
      return {
        ...{ name, against, value, rounds },
        measured: show(value),
        spread: rounds.length > 1 ? `${show(Math.min(...rounds))} to ${show(Math.max(...rounds))}` : '1 round',
        design: bound(design, show),
        designVerdict: verdict(value, rounds, design, spoilt),
        release: bound(release, show),
        releaseVerdict: verdict(value, rounds, release, spoilt),
      };
    });
}

function targets(results) {
  return [...rates(results), ...calls(results), ...others(results), ...proofs(results)];
}

function rates({ throughput }) {
  const { ours, 'ours, five destinations': five, 'ours, with secrets': masking } = throughput ?? {};
  const { 'ours, redaction of paths': redaction, 'ours, compliance': compliance } = throughput ?? {};
  const fastest = bestPino(throughput, 'onDiskPerSecond', 'more');
  const redacting = bestRedactingPino(throughput, 'onDiskPerSecond', 'more');
  const leastCpu = bestPino(throughput, 'mainCpuUs', 'less');
  const row = (name, entry, against, other, bounds) => {
    return { name, entry, against, rounds: ratios(entry, other, 'onDiskPerSecond'), ...bounds };
  };
  return [
    row('records on disk', ours, fastest.name, fastest.entry, { design: { atLeast: 3 }, release: { atLeast: 1.5 } }),
    row('records on disk', ours, rotating, throughput?.[rotating], { design: { atLeast: 6 }, release: { atLeast: 4 } }),
    {
      ...{ name: 'main-thread CPU per record', entry: ours, against: leastCpu.name },
      ...{ rounds: cpuRatios(ours, leastCpu.entry, throughput?.['empty loop']), design: { atMost: 1 / 3 } },
    },
    row('five destinations, one dead', five, 'ours', ours, { design: { atLeast: 0.8 } }),
    row('masking of secrets', masking, redacting.name, redacting.entry, { design: { atLeast: 2 } }),
    row('redaction of the same paths', redaction, redacting.name, redacting.entry, { design: { atLeast: 1 } }),
    row('events redacted, validated, sealed', compliance, 'ours', ours, { design: { atLeast: 0.4 } }),
  ];
}

function proofs({ verification }) {
  const sealed = verification?.['ours, sealed'];
  const rounds = valuesOf(sealed, 'perSecond');
  return [
    { name: 'a sealed log verified', entry: sealed, rounds, show: as('lines/s', 0), design: { atLeast: 200_000 } },
  ];
}

/** Both sides over the empty loop of the same round. */
function cpuRatios(ours, theirs, empty) {
  const over = (entry, index) => entry?.rounds[index]?.mainCpuUs - empty?.rounds[index]?.mainCpuUs;
  return (ours?.rounds ?? []).map((_, index) => over(ours, index) / over(theirs, index)).filter(Number.isFinite);
}

function calls({ latency, critical, disabled }) {
  const call = latency?.ours;
  const p99 = bestPino(latency, 'p99Us', 'less');
  const p999 = bestPino(latency, 'p999Us', 'less');
  const row = (name, entry, field, show, atMost) => {
    return { name, entry, rounds: valuesOf(entry, field), show, design: { atMost } };
  };
  const against = (name, { name: other, entry }, field, bounds) => {
    return { name, entry: call, against: other, rounds: ratios(call, entry, field), ...bounds };
  };
  return [
    row('p99 of a call', call, 'p99Us', as('us', 1), 10),
    against('p99 of a call', p99, 'p99Us', { design: { under: 1 }, release: { under: 1 } }),
    row('p99.9 of a call', call, 'p999Us', as('us', 1), 100),
    against('p99.9 of a call', p999, 'p999Us', { design: { under: 1 } }),
    row('a disabled level', disabled?.ours, 'ns', as('ns', 1), 20),
    row('critical on disk, p95 under load', critical?.ours, 'p95Ms', as('ms', 1), 20),
  ];
}

function others({ memory, rotation, startup }) {
  const dead = memory?.['ours, dead remote'];
  const baseline = median(valuesOf(memory?.['empty loop'], 'peakBytes'));
  const overMib = valuesOf(dead, 'peakBytes').map((bytes) => (bytes - baseline) / 2 ** 20);
  const start = (name, against, ours, theirs) => {
    const rounds = ratios(startup?.[ours], startup?.[theirs], 'writtenMs');
    return { name, against, entry: startup?.[ours], rounds, design: { atMost: 1.5 } };
  };
  return [
    {
      ...{ name: 'memory, a remote dead', entry: dead, against: 'empty loop' },
      ...{ rounds: overMib.filter(Number.isFinite), show: as('MiB', 1), design: { atMost: 50 } },
    },
    {
      ...{ name: 'longest call near a rotation', entry: rotation?.ours },
      ...{ rounds: valuesOf(rotation?.ours, 'longestNearMs'), show: as('ms', 2), design: { atMost: 5 } },
    },
    start('require to first record, stdout', 'winston', 'core to stdout', 'winston to stdout'),
    start('require to first record, file', rotating, ...fileStarts),
  ];
}
