import { readStream, recordsOf } from './faulty-server.mjs';

/** How long a server misbehaves before it is well. */
export const UNWELL_MS = 1500;

/** Numbers that the rows `400` and `partial` do not take; the rest of their batch is to arrive. */
export const isBad = (n) => n % 50 === 0;

const LIMIT_BYTES = 10_000;

const take = async (server, request, response) => {
  server.store(await recordsOf(request));
  response.end();
};

/** Does `fault` for the first while, and what it should afterwards. */
function atFirst(fault) {
  const begin = Date.now();
  return async (server, request, response) => {
    if (Date.now() - begin < UNWELL_MS) await fault(server, request, response);
    else await take(server, request, response);
  };
}

/** What an HTTP server does, by the name of the fault. */
export const requests = {
  refused: () => take,
  hangs: () => atFirst(() => undefined),
  'byte-a-second': () =>
    atFirst((_, request, response) => {
      request.resume();
      let sent = 0;
      const timer = setInterval(() => response.socket?.write('HTTP/1.1 200 OK\r\n'[sent++] ?? '\n'), 1000);
      response.on('close', () => clearInterval(timer));
    }),
  'reset-mid-body': () => atFirst((_, request) => void request.once('data', () => request.socket.resetAndDestroy())),
  429: () =>
    atFirst(async (_, request, response) => {
      await recordsOf(request);
      response.writeHead(429, { 'Retry-After': '1' }).end();
    }),
  500: () => atFirst(async (_, request, response) => void (await recordsOf(request), response.writeHead(500).end())),
  400: () => async (server, request, response) => {
    const records = await recordsOf(request);
    if (records.some(({ n }) => isBad(n))) return response.writeHead(400).end('no such field');
    server.store(records);
    return response.end();
  },
  413: () => async (server, request, response) => {
    const records = await recordsOf(request);
    if (Number(request.headers['content-length']) > LIMIT_BYTES) return response.writeHead(413).end();
    server.store(records);
    return response.end();
  },
  'response-lost': () => {
    let count = 0;
    return async (server, request, response) => {
      server.store(await recordsOf(request));
      count += 1;
      if (count % 2 === 1) request.socket.resetAndDestroy();
      else response.end();
    };
  },
};
requests['one-in-ten'] = () => {
  let count = 0;
  return async (server, request, response) => {
    const records = await recordsOf(request);
    count += 1;
    if (count % 10 === 3) return response.writeHead(500).end();
    server.store(records);
    return response.end();
  };
};

/** What a syslog server does. */
export const streams = {
  refused: () => readStream,
  hangs: () => {
    const begin = Date.now();
    return (server, socket) => {
      if (Date.now() - begin < UNWELL_MS) socket.pause();
      else readStream(server, socket);
    };
  },
  'byte-a-second': () => {
    const begin = Date.now();
    return (server, socket) => {
      if (Date.now() - begin >= UNWELL_MS) return readStream(server, socket);
      const timer = setInterval(() => socket.read(1), 1000);
      return socket.pause().on('close', () => clearInterval(timer));
    };
  },
  'reset-mid-body': () => {
    let count = 0;
    return (server, socket) => {
      count += 1;
      if (count > 3) return readStream(server, socket);
      return socket.once('data', () => socket.resetAndDestroy());
    };
  },
};
