import { writeFileSync } from 'node:fs';
import { burst } from '../child/produce.mjs';
import { atMost, pause, untilFile } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';
import { createAuthority } from '../remote/authority.mjs';
import { isBad, requests, streams, UNWELL_MS } from '../remote/behaviours.mjs';
import { FaultyServer, readStream } from '../remote/faulty-server.mjs';

const COUNT = 300;

/** Servers that must never get a record: what their TLS has, and what the client is told to trust. */
const UNTRUSTED = {
  'tls-expired': ({ issue, ca }) => ({ tls: issue({ expired: true }), ca }),
  'tls-wrong-host': ({ issue, ca }) => ({ tls: issue({ names: 'DNS:other.example' }), ca }),
  'tls-unknown-ca': ({ issue }, stranger) => ({ tls: issue(), ca: stranger.ca }),
  'tls-too-old': ({ issue, ca }) => ({
    tls: { ...issue(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ca,
  }),
};

const rejects = (fault) => fault === '400';

const rowsOf = (transport, faults) => [...faults, ...Object.keys(UNTRUSTED)].map((fault) => ({ transport, fault }));

export const scenario = {
  name: 'remote',
  complaint: 'winston#1423, #2465',
  expected:
    'accepted = delivered + counted; everything that the server should have is there, duplicates share an id; a server that is not who it should be gets nothing; healthy 300; at most two connections',
  subjects: ['ours'],
  variants: [...rowsOf('http', Object.keys(requests)), ...rowsOf('syslog', Object.keys(streams))],
  needs: ['openssl'],
  deadlineMs: 60_000,

  async child({ params, open, report, path }) {
    const { transport, url, ca } = params;
    const log = open([
      {
        kind: transport,
        name: 'remote',
        url,
        ...(ca && { tls: { ca } }),
        timeoutMs: 400,
        batch: { maxRecords: 100, maxDelayMs: 5 },
        retry: { minDelayMs: 20, maxDelayMs: 200 },
        breaker: { cooldownMs: 200 },
      },
      { kind: 'file', name: 'healthy', path: path('healthy.log') },
    ]);
    let failures = 0;
    log.onFailure(() => (failures += 1));
    burst(log, COUNT);
    await untilFile(path('seen'));
    await atMost(2000, log.flush(2000));
    report('seen', { health: log.health(), failures });
    await log.close(500);
    report('closed', { health: log.health() });
  },

  async run(stage) {
    const { transport, fault } = stage.params;
    const untrusted = UNTRUSTED[fault];
    const stranger = untrusted && createAuthority(stage.path('stranger'));
    const secure = untrusted?.(createAuthority(stage.path('authority')), stranger);
    const behave = {
      request: requests[fault]?.() ?? requests.refused(),
      stream: streams[fault]?.() ?? readStream,
    };
    const server = new FaultyServer({ transport, tls: secure?.tls, behave });
    stage.onClean(() => server.close());
    const port = await server.listen();
    if (fault === 'refused') await server.close();
    const scheme = { http: secure ? 'https' : 'http', syslog: secure ? 'syslog+tls' : 'syslog+tcp' }[transport];
    const child = stage.launch({ params: { url: `${scheme}://localhost:${port}/`, ca: secure?.ca } });
    if (fault === 'refused' || fault === 'hangs' || fault === 'byte-a-second' || secure) await pause(UNWELL_MS + 100);
    if (fault === 'refused') await server.listen(port);
    else if (transport === 'syslog' && !secure) server.reset();
    const wanted = secure ? 0 : COUNT - (rejects(fault) ? countBad() : 0);
    for (const end = performance.now() + 20_000; server.ids.size < wanted && performance.now() < end;) await pause(10);
    writeFileSync(stage.path('seen'), '');
    const ended = await child.ended;

    const healthy = tally(stage.path('healthy.log'), { to: COUNT });
    const remote = healthOf({ reports: ended.reports.filter(({ kind }) => kind === 'seen') }, 'remote') ?? {};
    const failures = ended.reports.find(({ kind }) => kind === 'seen')?.failures ?? 0;
    const doubles = server.arrivals - server.ids.size;
    const shared = [...server.ids.values()].every((ids) => ids.size === 1);
    const cell = `${server.ids.size} there, ${remote.delivered} delivered, ${remote.droppedInAll} dropped, ${doubles} twice`;
    return judge([cell, mishap(ended)], countsOf(healthy), [
      whole('healthy', healthy),
      balanced(ended),
      [server.ids.size === wanted, `${server.ids.size} of ${wanted} are at the server`],
      [remote.delivered === wanted, `${remote.delivered} of ${wanted} count as delivered`],
      [remote.droppedInAll === (rejects(fault) ? countBad() : 0), `${remote.droppedInAll} count as dropped`],
      [shared, 'a record came under several ids'],
      [fault === '413' || (transport === 'syslog' && !secure) || failures > 0, 'no failure event'],
      [server.mostConnections <= 2, `${server.mostConnections} connections at once`],
      endedAlone(ended),
    ]);
  },
};

const countBad = () => Array.from({ length: COUNT }, (_, index) => index + 1).filter(isBad).length;
