import { writeSync } from 'node:fs';

/**
 * Ends the process although a thread of it hangs in a system call, which `process.exit` would wait for without
 * end. Where Node can (22.15 and later, not on Windows) the process becomes one that exits with the right code;
 * elsewhere the kernel ends it by SIGKILL, and stderr says so.
 */
export function endProcess(code: number | string): void {
  const exitCode = Number(code) || 0;
  const execve = (process as { execve?: (file: string, args: string[], env: NodeJS.ProcessEnv) => void }).execve;
  if (execve !== undefined) {
    try {
      process.removeAllListeners('warning');
      execve.call(process, '/bin/sh', ['sh', '-c', `exit ${exitCode}`], {});
    } catch (thrown) {
      writeSync(2, `[logger] cannot end with exit code ${exitCode}: ${String(thrown)}\n`);
    }
  }
  try {
    writeSync(
      2,
      `[logger] a disk call hangs and keeps the process from exiting with code ${exitCode}: ended by SIGKILL\n`,
    );
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}
