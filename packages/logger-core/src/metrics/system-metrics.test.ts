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
    // As long as one that was not stopped makes three of the same interval.
    const other = collectingLogger();
    const stopOther = systemMetrics(other.log, { intervalMs: 10 });
    await waitFor('three records of another', () => other.collected.messages.length >= 3, 20_000);
    stopOther();
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
      const other = createLogger({ sources: false });
      core.systemMetrics(other, { intervalMs: 5 });
      const accepted = () => log.health()[0].accepted;
      other.close().then(() => {
        // Nothing else keeps the process alive, and that only until the other logger would have made records too.
        const enough = accepted() + 5;
        const watch = setInterval(() => {
          if (accepted() < enough) return;
          clearInterval(watch);
          process.exitCode = other.health()[0].dropped.closed ?? 0;
        }, 5);
      });
    `);
    expect(records.length).toBeGreaterThanOrEqual(5);
    expect(code).toBe(0);
  });
});

describe('a sample', () => {
  it('tells of work, of a blocked loop and of collected garbage since the last one', async () => {
    const sampler = new SystemSampler();
    const wanted = ['cpuPercent', 'eventLoopDelayMaxMs', 'eventLoopUtilization', 'gcCount', 'gcMs'] as const;
    const seen = new Set<string>();
    let left: object[] = [];
    let pauseMs = 25;
    await waitFor(
      wanted.join(', '),
      async () => {
        // A delay is what is between two looks at the loop, and a machine that is busy may take long for them.
        pauseMs *= 2;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        // No timer fires meanwhile, and V8 has to collect what is left over.
        for (let round = 0; round < 50; round++) left = Array.from({ length: 10_000 }, (_, n) => ({ n, text: `${n}` }));
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        const sample = sampler.sample();
        expect(sample.gcMaxMs).toBeLessThanOrEqual(sample.gcMs);
        for (const metric of wanted) if (sample[metric] > 0) seen.add(metric);
        return seen.size === wanted.length;
      },
      20_000,
    );
    // Between these two the loop does not turn: nobody has looked how late it is since the last one.
    sampler.sample();
    expect(sampler.sample()).toMatchObject({ eventLoopDelayMeanMs: 0, eventLoopDelayP99Ms: 0, eventLoopDelayMaxMs: 0 });
    sampler.close();
    expect(left).toHaveLength(10_000);
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
