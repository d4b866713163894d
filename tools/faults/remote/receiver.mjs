import { startServer } from '../../servers/start-server.mjs';
import { requests, streams } from './behaviours.mjs';
import { FaultyServer } from './faulty-server.mjs';
import { proxyBefore, realServers } from './real-servers.mjs';
import { receivers, stores } from './stores.mjs';

/** Transports with a protocol of their own: only a real server speaks it. */
const spoken = Object.keys(realServers).filter((transport) => !(transport in stores));

/** Every transport that a row with a {@link openReceiver | receiver} may have. */
export const receivable = [...Object.keys(stores), ...Object.keys(receivers), ...spoken];

/**
 * A well-behaved server of a transport, whichever it is: one of ours for stores and streams, a real one behind a proxy for the others.
 * `params` say how a destination reaches it, `arrived` gives its numbered records. `isAway`: nobody listens until `comeBack`.
 */
export async function openReceiver(stage, transport, { address = '127.0.0.1', isAway = false } = {}) {
  return spoken.includes(transport)
    ? behindProxy(stage, transport, address, isAway)
    : listening(stage, transport, address, isAway);
}

async function listening(stage, transport, address, isAway) {
  const dialect = stores[transport] ?? receivers[transport];
  const behave = { request: requests.refused(), stream: streams.refused() };
  const server = new FaultyServer({ dialect, isHttp: transport in stores, behave });
  stage.onClean(() => server.close());
  const port = await server.listen(0, address);
  if (isAway) await server.close();
  const { kind, options, schemes = ['http'] } = dialect;
  return {
    params: (host = address) => ({ kind, options, url: `${schemes[0]}://${host}:${port}/` }),
    arrived: async () => server.records,
    comeBack: () => server.listen(port, address),
  };
}

async function behindProxy(stage, transport, address, isAway) {
  const { server: entry, destination, prepare, arrived } = realServers[transport];
  const server = await startServer(entry);
  stage.onClean(() => server.stop());
  await prepare?.(server.facts);
  const proxy = proxyBefore(realServers[transport], server.facts, isAway ? 'refused' : undefined);
  stage.onClean(() => proxy.close());
  const entrance = await proxy.listen(address);
  return {
    // A certificate names `localhost`, so that the address is only said when it is another.
    params: (host = address === '127.0.0.1' ? undefined : address) => destination(entrance, server.facts, host),
    arrived: async () => (await arrived(server.facts)).filter(({ n }) => n !== undefined),
    comeBack: () => proxy.recover(),
  };
}
