import { burst } from '../child/produce.mjs';
import { atMost, untilFile } from '../child/wait.mjs';

/** How many records a remote row logs. */
export const COUNT = 300;

/** The child of the remote rows: a remote destination and a healthy file, until the harness has seen what it wants. */
export async function logToRemote({ params, open, report, path }) {
  const { kind, options, url, ca, timeoutMs = 400 } = params;
  const log = open([
    {
      kind,
      name: 'remote',
      url,
      ...(ca && { tls: { ca } }),
      timeoutMs,
      batch: { maxRecords: 100, maxDelayMs: 5 },
      retry: { minDelayMs: 20, maxDelayMs: 200 },
      breaker: { cooldownMs: 200 },
      ...options,
    },
    { kind: 'file', name: 'healthy', path: path('healthy.log') },
  ]);
  let failures = 0;
  log.onFailure(() => (failures += 1));
  burst(log, COUNT);
  report('logged', {});
  await untilFile(path('seen'));
  await atMost(2000, log.flush(2000));
  report('seen', { health: log.health(), failures });
  await log.close(500);
  report('closed', { health: log.health() });
}
