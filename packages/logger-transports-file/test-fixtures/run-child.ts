import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { join } from 'node:path';

/** How a child process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** By `Date.now()`. */
  readonly atMs: number;
  /** The JSON lines that it printed. */
  readonly said: readonly Record<string, unknown>[];
  readonly stderr: string;
}

export interface Child {
  readonly process: ChildProcess;
  /** The JSON lines that it has printed so far. */
  readonly said: Record<string, unknown>[];
  readonly ended: Promise<Ended>;
}

const running = new Set<ChildProcess>();

// A test that fails half-way leaves nothing behind, and does not keep jest from ending.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a program of this folder with parameters that it finds as JSON in its first argument; with `stdio: 'pipe'` it can be written to. */
export function runChild(program: string, params: object, options: SpawnOptions = {}): Child {
  const input = options.stdio === 'pipe' ? 'pipe' : 'ignore';
  const child = spawn(process.execPath, [join(__dirname, program), JSON.stringify(params)], {
    ...options,
    stdio: [input, 'pipe', 'pipe'],
  });
  const said: Record<string, unknown>[] = [];
  let rest = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() as string;
    said.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  let atMs = 0;
  running.add(child);
  child.once('exit', () => {
    atMs = Date.now();
    running.delete(child);
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    // After 'close' its output has been read to the end.
    child.once('close', (code, signal) => resolve({ code, signal, atMs, said, stderr }));
  });
  return { process: child, said, ended };
}
