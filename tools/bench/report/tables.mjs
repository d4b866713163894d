import { faultsOf, ratio } from '../harness/summary.mjs';
import { number, textTable, times } from '../harness/text-table.mjs';
import { peersOf } from '../modes/formats.mjs';
import { remotePeersOf } from '../modes/remote.mjs';
import { bestPino } from './best-of.mjs';

const rotating = 'winston + daily-rotate-file';

/** Names of the columns and, per mode, their cells; in the order in which they are printed. */
const layouts = {
  throughput: {
    title: 'Throughput: records accepted until on disk, the event loop turns every 1,000',
    ...rates('mainCpuUs'),
  },
  burst: { title: 'Burst: one synchronous run of 5,000 records, until on disk', ...rates() },
  latency: {
    title: 'Latency of one call at 10,000 records/s, in microseconds',
    columns: ['p50>', 'p99>', 'p99.9>', 'max>', 'records/s>'],
    cells: ({ p50Us, p99Us, p999Us, maxUs, perSecond }) => [
      ...[p50Us, p99Us, p999Us, maxUs].map((value) => number(value, 1)),
      number(perSecond),
    ],
  },
  critical: { title: 'Critical record readable on disk, 10,000 records/s beside it, in milliseconds', ...delays() },
  'critical, quiet': { title: 'Critical record readable on disk, nothing else logged, in milliseconds', ...delays() },
  disabled: { title: 'A call whose level is off', columns: ['ns>'], cells: ({ ns }) => [number(ns, 1)] },
  memory: {
    title: 'Peak memory at 10,000 records/s, MiB',
    columns: ['peak>', 'over the empty loop>'],
    cells: ({ peakBytes }, measure) => [
      number(peakBytes / 2 ** 20, 1),
      number((peakBytes - measure['empty loop']?.peakBytes) / 2 ** 20, 1),
    ],
  },
  rotation: {
    title: 'Longest call while a file of gigabytes is rotated (100 ms around it), in milliseconds',
    columns: ['near>', 'elsewhere>', 'rotated>'],
    cells: ({ longestNearMs, longestElsewhereMs, rounds }) => [
      number(longestNearMs, 2),
      number(longestElsewhereMs, 2),
      `${rounds.filter(({ rotated }) => rotated).length} of ${rounds.length}`,
    ],
  },
  gigabytes: {
    title:
      'Gigabytes through rotation and gzip, until written and until archived; memory of the second half over the first',
    columns: ['records/s>', 'MB/s>', 'archived MB/s>', 'peak MiB>', 'growth MiB>', 'longest loop ms>'],
    cells: (entry) => [
      ...[entry.perSecond, entry.megabytesPerSecond, entry.archivedMegabytesPerSecond].map((value) => number(value)),
      ...[entry.peakBytes, entry.growthBytes].map((value) => number(value / 2 ** 20, 1)),
      number(entry.longestLoopMs, 1),
    ],
  },
  concurrent: {
    title: '10,000 concurrent operations until the logger is closed',
    columns: ['ms>'],
    cells: ({ ms }) => [number(ms)],
  },
  formats: {
    title: 'One record through a logger into nothing, in microseconds',
    columns: ['wall>', 'main thread>', 'vs pino>', 'vs winston>'],
    cells: (entry, measure) => {
      const mode = Object.keys(measure).find((name) => measure[name] === entry);
      const peers = mode.startsWith('ours') ? peersOf(mode) : [];
      return [
        ...[number(entry.us, 2), number(entry.cpuUs, 2)],
        ...peers.map((peer) => times(ratio(entry, measure[peer], 'us'))),
      ];
    },
  },
  verification: {
    title: 'A sealed log of a million records (100,000 with --quick) verified from its files',
    columns: ['lines/s>', 'lines>'],
    cells: ({ perSecond, lines }) => [number(perSecond), number(lines)],
  },
  remote: {
    title: 'Records accepted until they are at the server, over loopback',
    columns: ['server', 'at server/s>', 'vs the peer>', 'arrived %>', 'main us/rec>', 'process us/rec>'],
    cells: (entry, measure) => {
      const { missing, server } = entry.rounds[0];
      if (missing) return [`${missing} is missing`];
      const mode = Object.keys(measure).find((name) => measure[name] === entry);
      const ratios = mode.startsWith('ours')
        ? remotePeersOf(mode).map((peer) => ratio(entry, measure[peer], 'deliveredPerSecond'))
        : [];
      return [
        ...[server, number(entry.deliveredPerSecond), ratios.map(times).join(', ')],
        ...[number(entry.arrivedShare * 100, 1), number(entry.mainCpuUs, 2), number(entry.processCpuUs, 2)],
      ];
    },
  },
  startup: {
    title: 'Start-up of a fresh process, in milliseconds',
    columns: ['first call>', 'first record written>', 'whole process>'],
    cells: ({ calledMs, writtenMs, processMs }) => [calledMs, writtenMs, processMs].map((value) => number(value, 1)),
  },
};

function rates(cpu) {
  return {
    columns: [
      ...['on disk/s>', 'accepted/s>', 'vs pino best>', 'vs winston-drf>'],
      ...(cpu ? ['main us/rec>', 'process us/rec>'] : []),
      'bytes/rec>',
    ],
    cells: (entry, measure) => {
      const best = bestPino(measure, 'onDiskPerSecond', 'more');
      const lines = entry.rounds.find(({ disk }) => disk?.lines > 0)?.disk;
      return [
        entry.bytesAfterEnd === 0 || !lines ? number(entry.onDiskPerSecond) : `${number(entry.onDiskPerSecond)}*`,
        number(entry.acceptedPerSecond),
        times(ratio(entry, best.entry, 'onDiskPerSecond')),
        times(ratio(entry, measure[rotating], 'onDiskPerSecond')),
        ...(cpu ? [number(entry.mainCpuUs, 2), number(entry.processCpuUs, 2)] : []),
        lines ? number(lines.bytes / lines.lines) : '',
      ];
    },
    note: '* its own end resolved before the last write; that was waited for',
  };
}

function delays() {
  return {
    columns: ['p50>', 'p95>', 'p99.9>', 'max>', 'records/s>'],
    cells: ({ count, p50Ms, p95Ms, p999Ms, maxMs, perSecond }) => [
      // Of fewer than a thousand samples the p99.9 is the maximum by another name.
      ...[p50Ms, p95Ms, count < 1000 ? undefined : p999Ms, maxMs].map((value) => number(value, 1)),
      number(perSecond),
    ],
  };
}

/** One measure as text; a mode that lost, doubled or tore anything is marked with the count. */
export function measureTable(name, measure) {
  const { title, columns, cells, note } = layouts[name];
  const rows = Object.entries(measure).map(([mode, entry]) => [mode, ...cells(entry, measure), faultsOf(entry)]);
  const table = textTable(title, ['mode', ...columns, ''], rows);
  return note && table.includes('*') ? `${table}${note}\n` : table;
}
