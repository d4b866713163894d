import { readFileSync, writeFileSync } from 'node:fs';
import { pause } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap, whole } from '../harness/judge.mjs';
import { countsOf, tally } from '../harness/tally.mjs';
import { createAuthority } from '../remote/authority.mjs';
import { isBad, requests, streams, UNWELL_MS } from '../remote/behaviours.mjs';
import { FaultyServer, readStream } from '../remote/faulty-server.mjs';
import { COUNT, logToRemote } from '../remote/log-to-remote.mjs';
import { guarded, receivers, stores } from '../remote/stores.mjs';

/** Servers that must never get a record, or never take one: what their TLS has, and what the client is told to trust. */
const UNTRUSTED = {
  'tls-expired': ({ issue, ca }) => ({ tls: issue({ expired: true }), ca }),
  'tls-wrong-host': ({ issue, ca }) => ({ tls: issue({ names: 'DNS:other.example' }), ca }),
  'tls-unknown-ca': ({ issue }, stranger) => ({ tls: issue(), ca: stranger.ca }),
  'tls-too-old': ({ issue, ca }) => ({
    tls: { ...issue(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ca,
  }),
  // Under TLS 1.3 the client hears of it after its first bytes have gone.
  'tls-no-client-certificate': ({ issue, ca }) => ({
    tls: { ...issue(), ca: readFileSync(ca), requestCert: true },
    ca,
  }),
};

/** Graylog takes a record a request: no batch is ever too large. */
const applies = (transport, fault) =>
  !(transport === 'gelf-http' && fault === '413') && (fault !== 'partial' || stores[transport].partial);

const rowsOf = ([transport, faults]) =>
  [...faults, ...Object.keys(UNTRUSTED)]
    .filter((fault) => applies(transport, fault))
    .map((fault) => ({ transport, fault }));

export const scenario = {
  name: 'remote',
  complaint: 'winston#1423, #2465',
  expected:
    'accepted = delivered + counted; everything that the server should have is there, duplicates share an id; a server that is not who it should be gets nothing; healthy 300; at most two connections',
  subjects: ['ours'],
  variants: [
    ...Object.keys(stores).map((name) => [name, Object.keys(requests)]),
    ...Object.keys(receivers).map((name) => [name, Object.keys(streams)]),
    ...Object.keys(guarded).map((name) => [name, []]),
  ].flatMap(rowsOf),
  needs: ['openssl'],
  deadlineMs: 60_000,

  child: logToRemote,

  async run(stage) {
    const { transport, fault } = stage.params;
    const isHttp = transport in stores;
    const dialect = stores[transport] ?? receivers[transport] ?? guarded[transport];
    const untrusted = UNTRUSTED[fault];
    const stranger = untrusted && createAuthority(stage.path('stranger'));
    const secure = untrusted?.(createAuthority(stage.path('authority')), stranger);
    const behave = {
      request: requests[fault]?.() ?? requests.refused(),
      stream: streams[fault]?.() ?? readStream,
    };
    const server = new FaultyServer({ dialect, isHttp, tls: secure?.tls, behave });
    stage.onClean(() => server.close());
    const port = await server.listen();
    if (fault === 'refused') await server.close();
    const scheme = (dialect.schemes ?? ['http', 'https'])[secure ? 1 : 0];
    const { kind, options } = dialect;
    const child = stage.launch({ params: { kind, options, url: `${scheme}://localhost:${port}/`, ca: secure?.ca } });
    await child.first('logged');
    if (fault === 'refused' || fault === 'hangs' || fault === 'byte-a-second' || secure) await pause(UNWELL_MS + 100);
    if (fault === 'refused') await server.listen(port);
    else if (!isHttp && !secure) server.reset();
    const refusesBad = fault === '400' || (fault === 'partial' && dialect.neverSaysWhich);
    const refused = !refusesBad ? 0 : dialect.refusesWhole ? COUNT : countBad();
    const wanted = secure ? 0 : COUNT - refused;
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
      [remote.droppedInAll === refused, `${remote.droppedInAll} count as dropped`],
      [shared, 'a record came under several ids'],
      [fault === '413' || (!isHttp && !secure) || failures > 0, 'no failure event'],
      [server.mostConnections <= 2, `${server.mostConnections} connections at once`],
      endedAlone(ended),
    ]);
  },
};

const countBad = () => Array.from({ length: COUNT }, (_, index) => index + 1).filter(isBad).length;
