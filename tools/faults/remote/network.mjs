import { execFileSync, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync, writeFileSync } from 'node:fs';

/** The name that the rows with a bad name server look up. */
export const NAME = 'logs.faults.test';

const ip = (...words) => execFileSync('ip', words, { stdio: 'pipe' });

/**
 * A network of two: the harness at `address`, and a namespace in which programs run by `wrap`. `cut` takes the way away, on
 * both sides by a blackhole route: what is sent to the server fails at once, what comes from it vanishes.
 */
export class CutNetwork {
  #name = `mxl${process.pid}`;
  #net = `10.213.${process.pid % 250}`;

  constructor() {
    const { address } = this;
    const [here, there] = [`${this.#name}a`, `${this.#name}b`];
    ip('netns', 'add', this.#name);
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', this.#name);
    ip('addr', 'add', `${address}/30`, 'dev', here);
    ip('link', 'set', here, 'up');
    ip('-n', this.#name, 'addr', 'add', `${this.#other}/30`, 'dev', there);
    for (const device of [there, 'lo']) ip('-n', this.#name, 'link', 'set', device, 'up');
  }

  get address() {
    return `${this.#net}.1`;
  }

  get #other() {
    return `${this.#net}.2`;
  }

  get wrap() {
    return ['ip', 'netns', 'exec', this.#name];
  }

  cut({ silently }) {
    ip('route', 'add', 'blackhole', `${this.#other}/32`);
    if (!silently) ip('-n', this.#name, 'route', 'add', 'blackhole', `${this.address}/32`);
  }

  mend() {
    spawnSync('ip', ['route', 'del', 'blackhole', `${this.#other}/32`]);
    spawnSync('ip', ['-n', this.#name, 'route', 'del', 'blackhole', `${this.address}/32`]);
  }

  remove() {
    this.mend();
    ip('netns', 'del', this.#name);
  }
}

/** Where the rows' name server says nothing. Every address of 127/8 is this machine's. */
const SILENT = '127.0.0.77';

/**
 * A file system in which names are looked up elsewhere: `wrap` runs a program whose name server is not there, or `hangs`.
 * `mend` makes the name known.
 */
export class BadNames {
  #hosts;
  #resolver;
  #server;

  static async start(folder, { hangs }) {
    const names = new BadNames();
    names.#hosts = `${folder}/hosts`;
    names.#resolver = `${folder}/resolv.conf`;
    writeFileSync(names.#hosts, '127.0.0.1 localhost\n');
    writeFileSync(names.#resolver, `nameserver ${hangs ? SILENT : '127.0.0.78'}\noptions timeout:2 attempts:1\n`);
    if (hangs) {
      names.#server = createSocket('udp4').bind(53, SILENT);
      await once(names.#server, 'listening');
    }
    return names;
  }

  get wrap() {
    const script = `mount --bind ${this.#hosts} /etc/hosts && mount --bind ${this.#resolver} /etc/resolv.conf && exec "$@"`;
    return ['unshare', '-m', 'sh', '-c', script, 'sh'];
  }

  mend() {
    appendFileSync(this.#hosts, `127.0.0.1 ${NAME}\n`);
  }

  remove() {
    this.#server?.close();
  }
}
