import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificates } from './certificates.mjs';

const READY_MS = 20_000;

export function hasBinary(binary) {
  return spawnSync('sh', ['-c', `command -v ${binary}`], { env: withSbin() }).status === 0;
}

/**
 * Starts one server of the catalogue and waits until its ports answer. `facts` say how to reach it; some are only known
 * from what the server says, which `facts` is a function of then.
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
    const [program, ...words] = command;
    // A standard input that stays open: a producer without one would end.
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...withSbin(), ...env } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
    const ended = once(child, 'exit');
    const stop = async () => {
      // A server that a test has stopped with SIGSTOP must hear of its end, too.
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
      await afterwards?.();
      remove();
    };
    try {
      for (const port of ports) await answers(port, child, () => said);
      const known = typeof facts === 'function' ? await hearFacts(facts, child, () => said) : facts;
      return { pid: child.pid, folder, facts: known, stop };
    } catch (error) {
      await stop();
      throw error;
    }
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

async function answers(port, child, said) {
  for (const end = performance.now() + READY_MS; performance.now() < end;) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}: ${said()}`);
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nobody listens on ${port}: ${said()}`);
}

/** Waits until the server has said what there is to know. */
async function hearFacts(facts, child, said) {
  for (const end = performance.now() + READY_MS; performance.now() < end && child.exitCode === null;) {
    const known = facts(said());
    if (known) return known;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it does not say where it listens: ${said()}`);
}

/** Debian keeps servers where an ordinary user's PATH does not look. */
function withSbin() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
