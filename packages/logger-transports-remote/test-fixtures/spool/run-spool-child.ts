import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface SpoolChild {
  readonly process: ChildProcess;
  /** The JSON lines that it has printed so far. */
  readonly said: { safe?: number; failure?: string; queued?: number }[];
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>;
}

const running = new Set<ChildProcess>();

// A test that fails half-way leaves nothing behind.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `spool-child.cjs` with parameters, on the built packages. */
export function runSpoolChild(params: object): SpoolChild {
  const child = spawn(process.execPath, [join(__dirname, 'spool-child.cjs'), JSON.stringify(params)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said: SpoolChild['said'] = [];
  let rest = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() as string;
    said.push(...lines.map((line) => JSON.parse(line) as object));
  });
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<Awaited<SpoolChild['ended']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stderr });
    });
  });
  return { process: child, said, ended };
}
