import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@metaexpert/logger-core/testing';

/** A message as rsyslog understood it; the structured data by its own parser. */
export interface SyslogMessage {
  readonly pri: string;
  readonly time: string;
  readonly host: string;
  readonly app: string;
  readonly proc: string;
  readonly id: string;
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly msg: string;
}

/** Debian keeps servers where an ordinary user's PATH does not look. */
const env = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
const DEADLINE_MS = 20_000;

export function hasRsyslog(): boolean {
  return spawnSync('sh', ['-c', 'command -v rsyslogd'], { env }).status === 0;
}

/** A real rsyslogd of its own, on loopback. */
export class Rsyslog {
  readonly #folder = mkdtempSync(join(tmpdir(), 'rsyslog-'));
  readonly #out = join(this.#folder, 'out.jsonl');
  #server: ChildProcess | undefined;
  #port = 0;

  async start(): Promise<void> {
    chmodSync(this.#folder, 0o755);
    this.#port = await freePort();
    const config = join(this.#folder, 'rsyslog.conf');
    writeFileSync(config, configuration(this.#folder, this.#out, this.#port));
    const words = ['-n', '-C', '-f', config, '-i', join(this.#folder, 'pid')];
    this.#server = spawn('rsyslogd', words, { env, stdio: 'ignore' });
    await waitFor('rsyslogd listens', () => answers(this.#port), DEADLINE_MS);
  }

  /** What it makes of messages sent over one connection with octet counting (RFC 6587, section 3.4.1). */
  async read(messages: readonly string[]): Promise<SyslogMessage[]> {
    const socket = connect(this.#port, '127.0.0.1');
    await once(socket, 'connect');
    for (const message of messages) socket.write(`${Buffer.byteLength(message)} ${message}`);
    socket.end();
    await once(socket, 'close');
    await waitFor(`${messages.length} messages`, () => this.#lines().length >= messages.length, DEADLINE_MS);
    return this.#lines().map((line) => {
      const { data, ...header } = JSON.parse(line) as SyslogMessage & { data: string };
      return { ...header, data: JSON.parse(data) as SyslogMessage['data'] };
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server !== undefined && server.exitCode === null) {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      const timer = setTimeout(() => server.kill('SIGKILL'), 3000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #lines(): string[] {
    return existsSync(this.#out) ? readFileSync(this.#out, 'utf8').split('\n').slice(0, -1) : [];
  }
}

function configuration(folder: string, out: string, port: number): string {
  const property = (outname: string, name: string, more = ''): string =>
    `property(outname="${outname}" name="${name}" ${more} format="jsonf")`;
  const properties = [
    ...[property('pri', 'pri'), property('time', 'timereported', 'dateFormat="rfc3339"'), property('host', 'hostname')],
    ...[property('app', 'app-name'), property('proc', 'procid'), property('id', 'msgid')],
    ...[property('data', '$!rfc5424-sd'), property('msg', 'msg')],
  ];
  return `global(parser.escapeControlCharactersOnReceive="off" variables.caseSensitive="on" workDirectory="${folder}" maxMessageSize="1m")
module(load="imptcp") module(load="mmpstrucdata")
template(name="j" type="list" option.jsonf="on") { ${properties.join(' ')} }
ruleset(name="out") {
  action(type="mmpstrucdata" jsonRoot="$!" sd_name.lowercase="off")
  action(type="omfile" file="${out}" template="j" asyncWriting="off" flushOnTXEnd="on")
}
input(type="imptcp" address="127.0.0.1" port="${port}" ruleset="out" supportOctetCountedFraming="on")
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const open = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return open;
}
