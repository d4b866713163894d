import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const TICKS_PER_SECOND = 100;

/** A bot or a consumer: a process that says when it is ready, and what it cost. */
export class FleetProcess {
  #child;
  #exit;

  static async start(program, settings) {
    const one = new FleetProcess(program, settings);
    const [word] = await Promise.race([once(one.#child, 'message'), one.#exit]);
    if (word !== 'ready') throw new Error(`${program} did not start`);
    return one;
  }

  constructor(program, settings) {
    const path = fileURLToPath(new URL(`dist/${program}.js`, import.meta.url));
    this.#child = fork(path, [JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.#exit = once(this.#child, 'exit');
  }

  get pid() {
    return this.#child.pid;
  }

  /** As a crash ends it: nothing is said, nothing is closed. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** Lets it finish. */
  async stop() {
    this.#child.kill('SIGTERM');
    const [code, signal] = await this.#exit;
    if (code !== 0) throw new Error(`process ${this.pid} ended with ${signal ?? code}`);
  }
}

/** Seconds of processor time that a process has used so far, and the megabytes it holds (Linux: proc(5)). */
export function costOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { seconds: (Number(words[11]) + Number(words[12])) / TICKS_PER_SECOND, megabytes: (pages * 4096) / 1e6 };
}
