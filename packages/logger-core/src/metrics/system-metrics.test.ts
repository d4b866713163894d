import { readFileSync } from 'node:fs';
import { runChild } from '../../test/child-process';
import { collectingLogger, linesOf } from '../../test/loggers';
import { waitFor } from '../testing';
import { parseNetDev } from './network-totals';
import { systemMetrics } from './system-metrics';
import { SystemSampler } from './system-sample';
import { ThresholdWatch } from './threshold-watch';

const METRICS = [
  ...['cpuPercent', 'loadAverage1m', 'rssBytes', 'heapUsedBytes', 'heapTotalBytes', 'externalBytes'],
  ...['eventLoopDelayMeanMs', 'eventLoopDelayP99Ms', 'eventLoopDelayMaxMs', 'eventLoopUtilization'],
  ...['gcCount', 'gcMs', 'gcMaxMs', 'activeResources'],
];

describe('systemMetrics', () => {
  it('records every metric at every interval, in the category performance, until it is stopped', async () => {
    const { log, collected } = collectingLogger();
    const stop = systemMetrics(log, { intervalMs: 10 });
    await waitFor('three records', () => collected.messages.length >= 3, 20_000);
    stop();
    await log.flush();
    const count = collected.messages.length;
    for (const line of linesOf(collected)) {
      expect(line).toMatchObject({ level: 'info', category: 'performance', message: 'system metrics' });
      for (const metric of METRICS) expect(line[metric]).toBeGreaterThanOrEqual(0);
      if (process.platform === 'linux') expect(line['networkReceivedBytes']).toBeGreaterThanOrEqual(0);
      else expect(line).not.toHaveProperty('networkReceivedBytes');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    await log.flush();
    expect(collected.messages).toHaveLength(count);
  });

  it('warns once when a metric gets to its threshold', async () => {
    const { log, collected } = collectingLogger();
    const stop = systemMetrics(log, { intervalMs: 10, thresholds: { rssBytes: 1, cpuPercent: 1e9 } });
    await waitFor('three records', () => collected.messages.length >= 4, 20_000);
    stop();
    await log.flush();
    const warnings = linesOf(collected).filter(({ level }) => level === 'warning');
    expect(warnings).toMatchObject([{ category: 'performance', metric: 'rssBytes', threshold: 1 }]);
  });

  it('keeps no process alive, and ends with the logger', async () => {
    const { records, code } = await runChild(`
      const log = createLogger({ sources: false });
      core.systemMetrics(log, { intervalMs: 5 });
      setTimeout(() => {}, 100);
      const other = createLogger({ sources: false });
      core.systemMetrics(other, { intervalMs: 5 });
      other.close().then(() => setTimeout(() => process.exitCode = other.health()[0]?.dropped.closed ?? 0, 60));
    `);
    expect(records.length).toBeGreaterThan(0);
    expect(code).toBe(0);
  });
});

describe('a sample', () => {
  it('tells of work, of a blocked loop and of collected garbage since the last one', async () => {
    const sampler = new SystemSampler();
    await new Promise((resolve) => setTimeout(resolve, 100));
    sampler.sample();
    // The histogram begins anew with its first tick.
    await new Promise((resolve) => setTimeout(resolve, 100));
    // Garbage that V8 has to collect, and 300 ms in which no timer fires.
    const end = performance.now() + 300;
    let waste: object[] = [];
    while (performance.now() < end) waste = Array.from({ length: 10_000 }, (_, n) => ({ n, text: `${n}` }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const busy = sampler.sample();
    sampler.close();
    expect(waste).toHaveLength(10_000);
    expect(busy.cpuPercent).toBeGreaterThan(5);
    expect(busy.eventLoopDelayMaxMs).toBeGreaterThan(200);
    expect(busy.eventLoopUtilization).toBeGreaterThan(0.2);
    expect(busy.gcCount).toBeGreaterThan(0);
    expect(busy.gcMs).toBeGreaterThan(0);
    expect(busy.gcMaxMs).toBeLessThanOrEqual(busy.gcMs);
  });
});

describe('network totals', () => {
  it('add up all interfaces but the loopback', () => {
    const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1000 1 0 0 0 0 0 0 1000 1 0 0 0 0 0 0
  eth0: 20 2 0 0 0 0 0 0 300 3 0 0 0 0 0 0
  wg0:4000 2 0 0 0 0 0 0 50000 3 0 0 0 0 0 0
`;
    expect(parseNetDev(text)).toEqual({ networkReceivedBytes: 4020, networkSentBytes: 50_300 });
  });

  (process.platform === 'linux' ? it : it.skip)('read what this machine says (needs Linux)', () => {
    const { networkReceivedBytes, networkSentBytes } = parseNetDev(readFileSync('/proc/net/dev', 'latin1'));
    expect(Number.isSafeInteger(networkReceivedBytes) && Number.isSafeInteger(networkSentBytes)).toBe(true);
  });
});

describe('a threshold', () => {
  it('is crossed again only after the value has been below', () => {
    const watch = new ThresholdWatch({ a: 10, b: 5 });
    const crossed = [9, 10, 11, 9, 12, 12].map((a) => watch.crossings({ a }).map(({ value }) => value));
    expect(crossed).toEqual([[], [10], [], [], [12], []]);
    expect(watch.crossings({ b: 7 })).toEqual([{ metric: 'b', value: 7, threshold: 5 }]);
  });
});
