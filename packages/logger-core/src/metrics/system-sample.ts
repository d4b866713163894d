import { loadavg } from 'node:os';
import { type EventLoopUtilization, monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { networkTotals, type NetworkTotals } from './network-totals';

/** One look at the process and its machine; what a system does not tell is absent. */
export interface SystemSample extends Partial<NetworkTotals> {
  /** CPU of this process since the last sample, user and system; 100 is one core. */
  readonly cpuPercent: number;
  /** Of the machine, over one minute; 0 on Windows. */
  readonly loadAverage1m: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  readonly heapTotalBytes: number;
  readonly externalBytes: number;
  /** How late timers were since the last sample. */
  readonly eventLoopDelayMeanMs: number;
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopDelayMaxMs: number;
  /** Share of the time that the event loop was busy, 0 to 1. */
  readonly eventLoopUtilization: number;
  readonly gcCount: number;
  readonly gcMs: number;
  readonly gcMaxMs: number;
  /** Sockets, timers, files, requests that keep the process alive. */
  readonly activeResources: number;
}

/** How often the delay of the event loop is looked at. */
const RESOLUTION_MS = 20;

/** Measures from one sample to the next. */
export class SystemSampler {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #gc = new PerformanceObserver((list) => this.#collect(list.getEntries()));
  #pauses: number[] = [];
  #cpu = process.cpuUsage();
  #utilization: EventLoopUtilization = performance.eventLoopUtilization();
  #atMs = performance.now();

  constructor() {
    this.#delay.enable();
    this.#gc.observe({ entryTypes: ['gc'] });
  }

  sample(): SystemSample {
    this.#collect(this.#gc.takeRecords());
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    const pauses = this.#pauses;
    const sample = {
      cpuPercent: round(this.#cpuPercent()),
      loadAverage1m: round(loadavg()[0] ?? 0),
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      heapTotalBytes: heapTotal,
      externalBytes: external,
      ...this.#delays(),
      eventLoopUtilization: round(performance.eventLoopUtilization(this.#utilization).utilization),
      gcCount: pauses.length,
      gcMs: round(pauses.reduce((sum, pause) => sum + pause, 0)),
      gcMaxMs: round(Math.max(0, ...pauses)),
      activeResources: process.getActiveResourcesInfo().length,
      ...networkTotals(),
    };
    this.#utilization = performance.eventLoopUtilization();
    this.#pauses = [];
    return sample;
  }

  close(): void {
    this.#delay.disable();
    this.#gc.disconnect();
  }

  #collect(entries: readonly { readonly duration: number }[]): void {
    for (const { duration } of entries) this.#pauses.push(duration);
  }

  #cpuPercent(): number {
    const cpu = process.cpuUsage();
    const nowMs = performance.now();
    const usedMs = (cpu.user + cpu.system - this.#cpu.user - this.#cpu.system) / 1000;
    const wallMs = Math.max(1, nowMs - this.#atMs);
    this.#cpu = cpu;
    this.#atMs = nowMs;
    return (usedMs / wallMs) * 100;
  }

  /** The histogram counts the whole time from one look to the next; what is over its rhythm is the delay. */
  #delays(): Pick<SystemSample, 'eventLoopDelayMeanMs' | 'eventLoopDelayP99Ms' | 'eventLoopDelayMaxMs'> {
    const delay = this.#delay;
    const toMs = (ns: number): number => round(Math.max(0, ns / 1e6 - RESOLUTION_MS));
    // Without a look since the last sample there is nothing to tell: its mean is NaN, its maximum 0.
    const some = delay.max > 0;
    const delays = {
      eventLoopDelayMeanMs: some ? toMs(delay.mean) : 0,
      eventLoopDelayP99Ms: some ? toMs(delay.percentile(99)) : 0,
      eventLoopDelayMaxMs: some ? toMs(delay.max) : 0,
    };
    delay.reset();
    return delays;
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
