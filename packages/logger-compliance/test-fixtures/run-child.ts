import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Child {
  /** The JSON lines that it has printed so far. */
  readonly said: Record<string, unknown>[];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(): void;
}

const running = new Set<() => void>();

// A test that fails half-way leaves nothing behind.
afterAll(() => {
  for (const kill of running) kill();
});

/** Starts a program of this folder with parameters that it finds as JSON in its first argument. */
export function runChild(program: string, params: object): Child {
  const child = spawn(process.execPath, [join(__dirname, program), JSON.stringify(params)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said: Record<string, unknown>[] = [];
  let rest = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() as string;
    said.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  const kill = (): void => void child.kill('SIGKILL');
  running.add(kill);
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(kill);
      resolve({ code, signal });
    });
  });
  return { said, ended, kill };
}
