import { readStream, recordsOf } from './faulty-server.mjs';

/** How long a server misbehaves before it is well. */
export const UNWELL_MS = 1500;

/** Numbers that the rows `400` and `partial` do not take; the rest of their batch is to arrive. */
export const isBad = (n) => n % 50 === 0;

const LIMIT_BYTES = 10_000;

/** Answers are lost for so many requests, every second one. */
const LOST = 12;

const take = async (server, request, response) => {
  const records = await recordsOf(server, request);
  server.store(records);
  accept(server, records, response);
};

/** Says yes as this store does. */
function accept({ dialect }, records, response) {
  const answer = dialect.well(records);
  response.end(answer === '' ? answer : JSON.stringify(answer));
}

function fail({ dialect }, response) {
  response.writeHead(dialect.failed ?? 500).end();
}

/** Does `fault` for the first while, and what it should afterwards. */
function atFirst(fault) {
  // From the first request: who logs may take its time to start.
  let begin;
  return async (server, request, response) => {
    begin ??= Date.now();
    if (Date.now() - begin < UNWELL_MS) await fault(server, request, response);
    else await take(server, request, response);
  };
}

/** What an HTTP server does, by the name of the fault. */
export const requests = {
  refused: () => take,
  // Read, so that the end of the connection is seen.
  hangs: () => atFirst((_, request) => void request.resume()),
  'byte-a-second': () =>
    atFirst((_, request, response) => {
      request.resume();
      let sent = 0;
      const timer = setInterval(() => response.socket?.write('HTTP/1.1 200 OK\r\n'[sent++] ?? '\n'), 1000);
      response.on('close', () => clearInterval(timer));
    }),
  'reset-mid-body': () => atFirst((_, request) => void request.once('data', () => request.socket.resetAndDestroy())),
  429: () =>
    atFirst(async (server, request, response) => {
      await recordsOf(server, request);
      response.writeHead(429, { 'Retry-After': '1' }).end();
    }),
  500: () =>
    atFirst(async (server, request, response) => {
      await recordsOf(server, request);
      fail(server, response);
    }),
  400: () => async (server, request, response) => {
    const records = await recordsOf(server, request);
    const { items } = server.dialect;
    const bad = ({ n }) => isBad(n);
    if (items === undefined && records.some(bad)) return response.writeHead(400).end('no such field');
    server.store(records.filter((record) => !bad(record)));
    return items === undefined ? accept(server, records, response) : response.end(JSON.stringify(items(records, bad)));
  },
  partial: () =>
    atFirst(async (server, request, response) => {
      const records = await recordsOf(server, request);
      const bad = ({ n }) => isBad(n);
      server.store(records.filter((record) => !bad(record)));
      response.end(JSON.stringify(server.dialect.partial(records, bad)));
    }),
  413: () => async (server, request, response) => {
    const records = await recordsOf(server, request);
    if (Number(request.headers['content-length']) > LIMIT_BYTES) return response.writeHead(413).end();
    server.store(records);
    return accept(server, records, response);
  },
  'response-lost': () => {
    let count = 0;
    return async (server, request, response) => {
      const records = await recordsOf(server, request);
      server.store(records);
      count += 1;
      if (count % 2 === 1 && count < LOST) request.socket.resetAndDestroy();
      else accept(server, records, response);
    };
  },
};
requests['one-in-ten'] = () => {
  let count = 0;
  return async (server, request, response) => {
    const records = await recordsOf(server, request);
    count += 1;
    if (count % 10 === 3) return fail(server, response);
    server.store(records);
    return accept(server, records, response);
  };
};

/** What a syslog server does. */
export const streams = {
  refused: () => readStream,
  hangs: () => {
    let begin;
    return (server, socket) => {
      begin ??= Date.now();
      if (Date.now() - begin < UNWELL_MS) socket.pause();
      else readStream(server, socket);
    };
  },
  'byte-a-second': () => {
    let begin;
    return (server, socket) => {
      begin ??= Date.now();
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
