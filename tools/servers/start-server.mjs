import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates.mjs';
import { ServerProcess, withSbin } from './server-process.mjs';

const READY_MS = 20_000;

export function hasBinary(binary) {
  return spawnSync('sh', ['-c', `command -v ${binary}`], { env: withSbin() }).status === 0;
}

/**
 * Starts one server of the catalogue and waits until its ports answer. `facts` say how to reach it; some are only known
 * from what the server says, which `facts` is a function of then. `kill` ends it as a crash does; `restart` starts it on
 * the same ports and data.
 */
export async function startServer({ name, configure }) {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const {
      command,
      facts,
      ports = [],
      env = {},
      afterwards,
    } = await configure({ folder, tls: makeCertificates(folder), freePort });
    const start = async () => {
      const process = new ServerProcess(command, env);
      try {
        for (const port of ports) await answers(port, process);
        return { process, known: typeof facts === 'function' ? await hearFacts(facts, process) : facts };
      } catch (error) {
        await process.end();
        throw error;
      }
    };
    let { process, known } = await start();
    return {
      get pid() {
        return process.pid;
      },
      folder,
      facts: known,
      kill: () => process.kill(),
      /** The same server again: same ports, same data. */
      async restart() {
        await process.end();
        ({ process, known } = await start());
      },
      async stop() {
        await process.end();
        await afterwards?.();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** A port that nobody uses now. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port, process) {
  for (const end = performance.now() + READY_MS; performance.now() < end;) {
    if (process.ended) throw new Error(`it has ended: ${process.said}`);
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nobody listens on ${port}: ${process.said}`);
}

/** Waits until the server has said what there is to know. */
async function hearFacts(facts, process) {
  for (const end = performance.now() + READY_MS; performance.now() < end && !process.ended;) {
    const known = facts(process.said);
    if (known) return known;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it does not say where it listens: ${process.said}`);
}
