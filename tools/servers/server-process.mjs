import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 3000;

/** A server while it runs. */
export class ServerProcess {
  /** The end of what it said. */
  said = '';
  #child;
  #exit;

  constructor([program, ...words], env) {
    // A standard input that stays open: a producer without one would end.
    this.#child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...withSbin(), ...env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => (this.said = (this.said + chunk).slice(-4000)));
    }
    this.#exit = once(this.#child, 'exit');
  }

  get pid() {
    return this.#child.pid;
  }

  get ended() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async kill() {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  async end() {
    // A server that a test has stopped with SIGSTOP must hear of its end, too.
    this.#child.kill('SIGCONT');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    await this.#exit;
    clearTimeout(timer);
  }
}

/** Debian keeps servers where an ordinary user's PATH does not look. */
export function withSbin() {
  return { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` };
}
