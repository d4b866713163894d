import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * Stands between a client and a real server and is unwell until it is told to be well. `fault` says how: `refused`, `hangs`
 * (takes connections and carries nothing), `byte-a-second` (towards the client), `reset-mid-body` (in the middle of what the
 * client sends), `response-lost` (the server gets all, and the connection breaks instead of its answers). `answers` makes,
 * for each connection, what changes the server's bytes on their way.
 */
export class TcpProxy {
  mostConnections = 0;
  #server = createServer((client) => this.#carry(client));
  #sockets = new Set();
  #clients = 0;
  #fault;
  #targetPort;
  #answers;
  #port = 0;

  constructor({ targetPort, fault, answers = () => (chunk) => chunk }) {
    this.#targetPort = targetPort;
    this.#fault = fault;
    this.#answers = answers;
  }

  async listen(address = '127.0.0.1') {
    this.#server.listen(this.#port, address);
    await once(this.#server, 'listening');
    this.#port = this.#server.address().port;
    if (this.#fault === 'refused') await this.#shut();
    return this.#port;
  }

  /** Carries everything from now on; what was begun while it was unwell is broken off. */
  async recover() {
    const wasRefusing = this.#fault === 'refused';
    this.#fault = undefined;
    for (const socket of this.#sockets) socket.resetAndDestroy();
    if (wasRefusing) await this.listen();
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    await this.#shut();
  }

  async #shut() {
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #carry(client) {
    const fault = this.#fault;
    this.#hold(client);
    this.#clients += 1;
    this.mostConnections = Math.max(this.mostConnections, this.#clients);
    client.on('close', () => (this.#clients -= 1));
    if (fault === 'hangs') return void client.resume();
    const server = this.#hold(connect(this.#targetPort, '127.0.0.1'));
    const breakOff = () => [client, server].forEach((socket) => socket.resetAndDestroy());
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    let sent = 0;
    client.on('data', (chunk) => {
      // Past the greeting, so that it is a batch that is cut, not a connection that fails to be made.
      sent += chunk.length;
      if (fault === 'reset-mid-body' && sent > GREETING_BYTES) {
        server.write(chunk.subarray(0, chunk.length / 2), breakOff);
      } else server.write(chunk);
    });
    const answer = this.#answers();
    if (fault === 'byte-a-second') return drip(server, client, answer);
    server.on('data', (chunk) => {
      // The answer to a batch comes after it: the server has it, the client never hears.
      if (fault === 'response-lost' && sent > GREETING_BYTES) breakOff();
      else client.write(answer(chunk));
    });
    return undefined;
  }

  #hold(socket) {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

/** A greeting is shorter than this, a batch of a hundred records longer. */
const GREETING_BYTES = 8000;

function drip(from, to, answer) {
  const waiting = [];
  from.on('data', (chunk) => waiting.push(...answer(chunk)));
  const timer = setInterval(() => waiting.length > 0 && to.write(Buffer.from([waiting.shift()])), 1000);
  to.on('close', () => clearInterval(timer));
}
