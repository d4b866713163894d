import { ours } from './remote-ours.mjs';
import { withPino, withWinston } from './remote-peers.mjs';

const host = '127.0.0.1';
const udp = { mayLose: true };
const plain = (kind, more) => ({ kind, ...more });
const at =
  (scheme) =>
  ({ port }) => ({ url: `${scheme}://${host}:${port}` });

const syslogs = async () => (await import('winston-syslog')).default.Syslog;
const lokis = async () => (await import('winston-loki')).default;
const https = async ({ transports }) => transports.Http;
const syslogAs =
  (protocol, port, more = () => ({})) =>
  (facts, read) => ({
    ...{ host: 'localhost', port: facts[port], protocol, type: '5424', eol: '\n', appName: 'bot' },
    ...more(facts, read),
  });
const lokiAt = ({ port }) => ({ host: `http://${host}:${port}`, labels: { app: 'bot' }, json: true, interval: 1 });
const store = (type, options) => ours(type, 'plain', plain('http'), (facts) => ({ ...at('http')(facts), ...options }));
const queued = (type) => ours(type, 'acknowledging', { name: type }, (facts) => facts);

const openers = {
  'ours: syslog udp': ours('syslog', 'rsyslog', udp, ({ plain: port }) => at('syslog+udp')({ port })),
  'winston-syslog: syslog udp': withWinston('rsyslog', udp, syslogs, syslogAs('udp4', 'plain')),
  'ours: syslog tcp': ours('syslog', 'rsyslog', {}, ({ plain: port }) => at('syslog+tcp')({ port })),
  'winston-syslog: syslog tcp': withWinston('rsyslog', {}, syslogs, syslogAs('tcp4', 'plain')),
  'ours: syslog tls': ours('syslog', 'rsyslog', {}, ({ secure, tls }) => ({
    ...{ url: `syslog+tls://localhost:${secure}`, tls: { ca: tls.ca } },
  })),
  'winston-syslog: syslog tls': withWinston(
    ...['rsyslog', {}, syslogs],
    syslogAs('tls4', 'secure', ({ tls }, read) => ({ protocolOptions: { ca: read(tls.ca), host: 'localhost' } })),
  ),
  'ours: relp': ours('relp', 'rsyslog', {}, ({ relp }) => ({ url: `relp://${host}:${relp}` })),

  'ours: tcp': ours('tcp', 'plain', plain('tcp'), at('tcp')),
  'pino-socket: tcp': withPino('plain', plain('tcp'), import.meta.resolve('pino-socket'), ({ port }) => ({
    ...{ mode: 'tcp', address: host, port },
  })),
  'ours: tls': ours('tcp', 'plain', plain('tls'), ({ port, ca }) => ({ url: `tls://localhost:${port}`, tls: { ca } })),
  'pino-socket: tls': withPino('plain', plain('tls'), import.meta.resolve('pino-socket'), ({ port }) => ({
    ...{ mode: 'tcp', address: 'localhost', port, secure: true, noverify: true },
  })),
  'ours: udp': ours('udp', 'plain', plain('udp', udp), at('udp')),
  'pino-socket: udp': withPino('plain', plain('udp', udp), import.meta.resolve('pino-socket'), ({ port }) => ({
    ...{ mode: 'udp', address: host, port },
  })),

  'ours: http': store('http'),
  'winston Http: http': withWinston('plain', plain('http', { endless: true }), https, ({ port }) => ({ host, port })),
  'winston Http, batches: http': withWinston('plain', plain('http', { endless: true }), https, ({ port }) => ({
    ...{ host, port, batch: true, batchInterval: 1000, batchCount: 100 },
  })),
  'ours: loki': store('loki'),
  'ours, protobuf: loki': store('loki', { encoding: 'protobuf' }),
  'winston-loki: loki': withWinston('plain', plain('http', { closes: true }), lokis, lokiAt),
  'pino-loki: loki': withPino('plain', plain('http'), import.meta.resolve('pino-loki'), ({ port }) => ({
    ...{ host: `http://${host}:${port}`, labels: { app: 'bot' }, batching: { interval: 1, maxBufferSize: 0 } },
  })),
  'ours: elasticsearch': store('elasticsearch'),
  'ours: splunk': store('splunk', { auth: { bearer: 'token' } }),
  'ours: otlp': store('otlp'),
  'ours, protobuf: otlp': store('otlp', { encoding: 'protobuf' }),
  'ours: clickhouse': queued('clickhouse'),
  'ours: nats': queued('nats'),
  'ours: kafka': queued('kafka'),
  'ours: redis': queued('redis'),
  'ours: rabbitmq': queued('rabbitmq'),
  'ours: gelf udp': ours('gelf', 'plain', plain('udp', udp), at('gelf+udp')),
  'ours: gelf tcp': ours('gelf', 'plain', plain('tcp'), at('gelf+tcp')),
  'ours: gelf http': store('gelf'),
};

/** Every row by its name, `who: what`; the same `what` is the same job. */
export const remoteModes = Object.fromEntries(Object.entries(openers).map(([name, opener]) => [name, { opener }]));

/** The names of the peers that do the job of one of ours. */
export function remotePeersOf(mode) {
  const what = mode.slice(mode.indexOf(': '));
  return Object.keys(openers).filter((name) => name.endsWith(what) && !name.startsWith('ours'));
}
