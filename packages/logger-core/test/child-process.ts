import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const DIST = join(__dirname, '..', 'dist');

const PRELUDE = `
const core = require(${JSON.stringify(DIST)});
const testing = require(${JSON.stringify(join(DIST, 'testing'))});
const { createLogger, consoleOutput, withContext } = core;
`;

/** How a child ended, and what it said. */
export interface ChildResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The lines of stdout that are JSON. */
  readonly records: Record<string, unknown>[];
}

export interface ChildOptions {
  readonly env?: Record<string, string>;
  /** Called when the child has started, to send it signals or to close its pipes. */
  readonly started?: (child: ChildProcess) => void;
}

/**
 * Runs a script in a process of its own, on the built package: what a logger does at the end of a process can only
 * be seen from outside of it.
 */
export async function runChild(script: string, { env = {}, started }: ChildOptions = {}): Promise<ChildResult> {
  const child = spawn(process.execPath, ['-e', PRELUDE + script], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  started?.(child);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...end) => resolve(end));
  });
  return { code, signal, ...output, records: parseLines(output.stdout) };
}

/** The lines of a text that are JSON. */
export function parseLines(text: string): Record<string, unknown>[] {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
