import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const NAME = /^owner\.(\d+)$/;
/** An owner on another host is alive as long as it says so; it does every `HEARTBEAT_MS`. */
export const HEARTBEAT_MS = 5000;
const SILENT_MS = 6 * HEARTBEAT_MS;

interface Owner {
  readonly pid: number;
  /** When the process was started, as the system tells it: a pid is used again, also by a container that restarts. */
  readonly started: string;
  readonly host: string;
  readonly token: string;
}

/**
 * Who owns a folder: the file `owner.N` of the highest N, while its process lives. A successor makes `owner.N+1`, which
 * only one can; so nobody ever removes a living owner's file by mistake, and a killed owner's stops nobody.
 */
export class FolderLock {
  readonly #dir: string;
  readonly #token = randomUUID();
  #path: string | undefined;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Whether the folder is ours now. @throws what the system says */
  acquire(): boolean {
    mkdirSync(this.#dir, { recursive: true });
    const highest = this.#numbers().at(-1) ?? 0;
    if (highest > 0 && isAlive(this.#file(highest))) return false;
    const owner: Owner = { pid: process.pid, started: startOf(process.pid), host: hostname(), token: this.#token };
    const path = this.#file(highest + 1);
    try {
      writeFileSync(path, JSON.stringify(owner), { flag: 'wx' });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw thrown;
    }
    // Who was slower than a whole reign of somebody else has made a file below the owner's.
    const numbers = this.#numbers();
    if (numbers.at(-1) !== highest + 1) {
      rmSync(path, { force: true });
      return false;
    }
    for (const number of numbers.slice(0, -1)) rmSync(this.#file(number), { force: true });
    this.#path = path;
    return true;
  }

  /** Says that the owner lives, to those on other hosts. */
  beat(): void {
    if (this.#path !== undefined) utimesSync(this.#path, new Date(), new Date());
  }

  release(): void {
    if (this.#path !== undefined) rmSync(this.#path, { force: true });
    this.#path = undefined;
  }

  #file(number: number): string {
    return join(this.#dir, `owner.${number}`);
  }

  #numbers(): number[] {
    const numbers = readdirSync(this.#dir).flatMap((name) => NAME.exec(name)?.[1] ?? []);
    return numbers.map(Number).sort((a, b) => a - b);
  }
}

function isAlive(path: string): boolean {
  const silentMs = silence(path);
  const owner = readOwner(path);
  // Just made, and not yet written; or gone by now.
  if (owner === undefined) return silentMs < HEARTBEAT_MS;
  if (owner.host !== hostname()) return silentMs < SILENT_MS;
  return startOf(owner.pid) === owner.started;
}

function silence(path: string): number {
  const modifiedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return modifiedMs === undefined ? 0 : Date.now() - modifiedMs;
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Owner;
  } catch {
    return undefined;
  }
}

/** What tells a process from another of the same pid; '' when there is none, 'alive' where the system does not say. */
function startOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ESRCH') return '';
  }
  try {
    // proc(5): field 22 is the start in ticks since boot; the name before it, in brackets, may hold anything.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${fields[19] ?? ''}`;
  } catch {
    return 'alive';
  }
}
