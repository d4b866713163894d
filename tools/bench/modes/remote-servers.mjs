import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { realServers } from '../../faults/remote/real-servers.mjs';
import { rsyslog as rsyslogEntry } from '../../servers/catalogue/rsyslog.mjs';
import { makeCertificates } from '../../servers/certificates.mjs';
import { hasBinary, startServer } from '../../servers/start-server.mjs';
import { startReceiver } from '../harness/receiver.mjs';

/** A run that fails leaves no server behind. */
async function start(entry) {
  const server = await startServer(entry);
  const kill = () => void server.kill();
  process.once('exit', kill);
  return {
    facts: server.facts,
    stop: async () => {
      process.off('exit', kill);
      await server.stop();
    },
  };
}

/** The mock cluster keeps no more than 5 MB of a partition: how many it has taken is all that it can tell. */
function kafkaOffsets({ brokers }) {
  const topics = Array.from({ length: KAFKA_PARTITIONS }, (_, partition) => ['-t', `logs:${partition}:-1`]).flat();
  const text = execFileSync('kcat', ['-Q', '-b', brokers.join(), ...topics], { encoding: 'utf8' });
  return [...text.matchAll(/offset (\d+)/g)].reduce((sum, [, offset]) => sum + Number(offset), 0);
}

/** librdkafka's default of a topic that is made by itself. */
const KAFKA_PARTITIONS = 4;

/** Each starts a server, and resolves with how it is reached and who counts; `missing` names the one that is not installed. */
export const remoteServers = {
  /** The real one: what it writes down is counted. */
  rsyslog: async () => {
    if (!hasBinary(rsyslogEntry.binary)) return { missing: rsyslogEntry.binary };
    const server = await start(rsyslogEntry);
    const counting = await startReceiver({ kind: 'file', path: server.facts.out });
    const stop = async () => {
      await counting.stop();
      await server.stop();
    };
    return { server: 'rsyslogd', facts: server.facts, receiver: { ...counting, stop } };
  },
  plain: async ({ kind, directory }) => {
    const options = { kind };
    const facts = {};
    if (kind === 'tls') {
      mkdirSync(directory, { recursive: true });
      const { ca, cert, key } = makeCertificates(directory);
      Object.assign(options, { cert, key });
      Object.assign(facts, { ca });
    }
    const receiver = await startReceiver(options);
    return { server: `plain ${kind}`, facts: { ...facts, port: receiver.port }, receiver };
  },
  /** One that says itself when it has a record: what it holds is counted in the end. */
  acknowledging: async ({ name }) => {
    const { server: entry, port, prepare, destination, arrived } = realServers[name];
    if (!hasBinary(entry.binary)) return { missing: entry.binary };
    const server = await start(entry);
    await prepare?.(server.facts);
    const settled = async () => {
      if (name === 'kafka') return { distinct: kafkaOffsets(server.facts), duplicated: 0 };
      const numbers = (await arrived(server.facts)).map(({ orderId }) => orderId);
      const distinct = new Set(numbers).size;
      return { distinct, duplicated: numbers.length - distinct };
    };
    const { url, options } = destination(port(server.facts), server.facts);
    return {
      server: entry.binary,
      facts: { url, ...options },
      receiver: { acknowledged: true, settled, stop: () => server.stop() },
    };
  },
};
