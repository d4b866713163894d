import { readFile } from 'node:fs/promises';
import { burst } from '../child/produce.mjs';
import { atMost, pause, untilFile } from '../child/wait.mjs';

/** How many records a remote row logs. */
export const COUNT = 300;

/** The child of the remote rows: a remote destination and a healthy file, until the harness has seen what it wants. */
export async function logToRemote({ params, open, report, path }) {
  const { kind, options, url, ca, timeoutMs = 400, inHalves = false, hung = 0 } = params;
  const at = (host) => (where) => (host === undefined ? where : where.replace('logs.', `${host}.`));
  const remote = (name, host) => ({
    kind,
    name,
    url: at(host)(url),
    ...(ca && { tls: { ca } }),
    timeoutMs,
    batch: { maxRecords: 100, maxDelayMs: 5 },
    retry: { minDelayMs: 20, maxDelayMs: 200 },
    breaker: { cooldownMs: 200 },
    ...options,
    // All of Kafka's brokers: with one that is known the others would be found.
    ...(options?.brokers && { brokers: options.brokers.map(at(host)) }),
  });
  const log = open([
    remote('remote'),
    // Of names that nobody will ever know.
    ...Array.from({ length: hung }, (_, index) => remote(`hung-${index}`, `nowhere-${index}`)),
    { kind: 'file', name: 'healthy', path: path('healthy.log') },
  ]);
  let failures = 0;
  log.onFailure(() => (failures += 1));
  const first = inHalves ? COUNT / 2 : COUNT;
  burst(log, first);
  report('logged', {});
  if (inHalves) {
    await untilFile(path('go'));
    burst(log, COUNT - first, { from: first + 1 });
  }
  if (hung > 0) report('calls', { slowestMs: await slowestFileCall() });
  await untilFile(path('seen'));
  await atMost(2000, log.flush(2000));
  report('seen', { health: log.health(), failures });
  await log.close(500);
  report('closed', { health: log.health() });
}

/** The application's own use of libuv's pool, while all destinations look up their names. */
async function slowestFileCall() {
  let slowest = 0;
  for (let count = 0; count < 20; count += 1) {
    const start = performance.now();
    await readFile(new URL(import.meta.url));
    slowest = Math.max(slowest, performance.now() - start);
    await pause(50);
  }
  return slowest;
}
