// Receives records for the remote rows and counts them, in a process of its own. Forked by harness/receiver.mjs.
import { createSocket } from 'node:dgram';
import { openSync, readFileSync, readSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { uncompress } from 'snappyjs';
import { NumberCounter } from './harness/number-counter.mjs';

const LOOK_MS = 10;
/** What says yes in the words of every store at once. */
const YES = JSON.stringify({ errors: false, items: [], text: 'Success', code: 0 });

const { kind, path, cert, key } = JSON.parse(process.argv[2]);
const counter = new NumberCounter();
const started = {
  http: () => listening(createHttpServer(takeRequest)),
  tcp: () => listening(createServer(takeStream)),
  tls: () => listening(createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, takeStream)),
  udp: bound,
  file: follow,
};
const port = await started[kind]();
process.once('disconnect', () => process.exit());
process.send({ port });
setInterval(() => counter.changed() && process.send(counter.counts()), LOOK_MS);

function listening(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

function takeRequest(request, response) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const type = request.headers['content-type'];
    if (type !== 'application/x-protobuf') counter.text(body.toString('latin1'));
    // Loki's protobuf is compressed, and holds lines of JSON; OpenTelemetry's has texts with their lengths before them.
    else if (request.url.startsWith('/loki')) counter.text(uncompress(body).toString('latin1'));
    else counter.protobuf(body.toString('latin1'));
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(YES);
  });
}

function takeStream(socket) {
  let rest = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const text = rest + chunk.toString('latin1');
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\0')) + 1;
    counter.text(text.slice(0, end));
    rest = text.slice(end);
  });
}

async function bound() {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4_194_304 });
  socket.on('message', (bytes) => counter.text(bytes.toString('latin1')));
  await new Promise((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket.address().port;
}

/** Reads what a server appends to its file. */
function follow() {
  const buffer = Buffer.alloc(1_048_576);
  let file;
  let position = 0;
  setInterval(() => {
    try {
      file ??= openSync(path, 'r');
    } catch (error) {
      if (error.code === 'ENOENT') return; // the first record has not come
      throw error;
    }
    for (let read; (read = readSync(file, buffer, 0, buffer.length, position)) > 0;) {
      const end = buffer.lastIndexOf(10, read - 1) + 1;
      if (end === 0) return;
      counter.text(buffer.toString('latin1', 0, end));
      position += end;
    }
  }, LOOK_MS);
}
