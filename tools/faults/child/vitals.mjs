import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 5 });

/** From now on. */
export function watchVitals() {
  delay.enable();
}

/**
 * What this process has taken so far: megabytes of memory at most, open descriptors now, and the longest time in
 * milliseconds that its event loop came late. No callbacks and no thread of libuv's pool.
 */
export function vitals() {
  return {
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    descriptors: descriptors(),
    loopMs: Math.round(delay.max / 1e6),
  };
}

/** Undefined where there is no /proc to ask, and where no descriptor is left to ask with. */
function descriptors() {
  try {
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return undefined;
  }
}
