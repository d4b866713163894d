import { readFileSync } from 'node:fs';

// Linux: the main thread's id is the process's. First number: nanoseconds on a CPU.
const schedstat = `/proc/self/task/${process.pid}/schedstat`;

const readers = [
  () => {
    const { user, system } = process.threadCpuUsage();
    return user + system;
  },
  () => Number(readFileSync(schedstat, 'utf8').split(' ', 1)[0]) / 1000,
];

function firstThatWorks() {
  for (const read of readers) {
    try {
      if (read() > 0) return read;
    } catch {
      continue; // this Node or this system has no such source
    }
  }
  return undefined;
}

const read = firstThatWorks();

/** CPU of the main thread alone in microseconds since its start; undefined where it cannot be told apart. */
export function mainThreadCpuUs() {
  return read?.();
}

/** CPU of the whole process, its worker threads, its garbage collector and its thread pool included. */
export function processCpuUs() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
