import { TcpProxy } from './tcp-proxy.mjs';

const HOST = '127.0.0.1';
const SIZE_BYTES = 4;

/**
 * Stands before each broker of a Kafka cluster, as {@link TcpProxy} before other servers. Brokers name themselves to their
 * clients, who would go past it then: their names are changed in every answer.
 */
export class KafkaProxies {
  #proxies;
  /** Port of a broker to where its proxy listens. */
  #places = new Map();
  #brokerPorts;

  constructor({ ports, fault }) {
    this.#brokerPorts = ports;
    const answers = () => renaming(this.#places);
    this.#proxies = this.#brokerPorts.map((targetPort) => new TcpProxy({ targetPort, fault, answers }));
  }

  get mostConnections() {
    return Math.max(...this.#proxies.map((proxy) => proxy.mostConnections));
  }

  /** Resolves with the ports of all. */
  async listen(host = HOST) {
    const ports = await Promise.all(this.#proxies.map((proxy) => proxy.listen(host)));
    for (const [index, port] of ports.entries()) this.#places.set(this.#brokerPorts[index], { host, port });
    return ports;
  }

  async recover() {
    await Promise.all(this.#proxies.map((proxy) => proxy.recover()));
  }

  async close() {
    await Promise.all(this.#proxies.map((proxy) => proxy.close()));
  }
}

/** Takes what a broker says, and gives all answers that are whole, with other names in them. */
function renaming(places) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const answers = [];
    for (let size = sizeOf(rest); rest.length >= SIZE_BYTES + size; size = sizeOf(rest)) {
      const body = renamed(rest.subarray(SIZE_BYTES, SIZE_BYTES + size), places);
      answers.push(int32(body.length), body);
      rest = rest.subarray(SIZE_BYTES + size);
    }
    return Buffer.concat(answers);
  };
}

const sizeOf = (bytes) => (bytes.length < SIZE_BYTES ? Infinity : bytes.readInt32BE());

/** A broker in an answer is a text (its length in two bytes first) and a port in four. */
function renamed(body, places) {
  const parts = [];
  const name = text(HOST);
  let from = 0;
  for (let at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
    const place = places.get(body.readInt32BE(at + name.length));
    if (place === undefined) continue;
    parts.push(body.subarray(from, at), text(place.host), int32(place.port));
    from = at + name.length + 4;
  }
  return Buffer.concat([...parts, body.subarray(from)]);
}

function text(words) {
  const bytes = Buffer.from(`\0\0${words}`);
  bytes.writeInt16BE(words.length);
  return bytes;
}

function int32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
