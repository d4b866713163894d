import { readFileSync } from 'node:fs';

/** Since the machine was started, over all interfaces but the loopback; of the container where there is one. */
export interface NetworkTotals {
  readonly networkReceivedBytes: number;
  readonly networkSentBytes: number;
}

/** Memory of the kernel's, not a disk: reading it takes microseconds and cannot hang. */
const DEVICES = '/proc/net/dev';

/** What Linux tells; undefined elsewhere. */
export function networkTotals(): NetworkTotals | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return parseNetDev(readFileSync(DEVICES, 'latin1'));
  } catch {
    // A sandbox without /proc.
    return undefined;
  }
}

/** The text of /proc/net/dev (proc_pid_net(5)): per interface eight numbers received, bytes first, then eight sent. */
export function parseNetDev(text: string): NetworkTotals {
  let [received, sent] = [0, 0];
  for (const line of text.split('\n')) {
    const [name = '', numbers] = line.split(':');
    if (numbers === undefined || name.trim() === 'lo') continue;
    const columns = numbers.trim().split(/\s+/).map(Number);
    received += columns[0] ?? 0;
    sent += columns[8] ?? 0;
  }
  return { networkReceivedBytes: received, networkSentBytes: sent };
}
