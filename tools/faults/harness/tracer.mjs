import { readdirSync, readFileSync } from 'node:fs';

/** PF_SIGNALED of linux/sched.h: the thread was killed. */
const KILLED = 0x400;

/**
 * Under strace a delayed thread that was killed, by SIGKILL or by an `exec` of the process, stays until its delay is
 * over, and the process with it. Watches for such a thread and then ends its tracer, which lets it go. A thread that
 * merely hangs is not touched, nor is a process that waits for one.
 */
export function releaseKilledThreads(pid) {
  const timer = setInterval(() => {
    const thread = threadsOf(pid).find(isHeldThoughKilled);
    if (thread) kill(tracerOf(thread));
  }, 10);
  return () => clearInterval(timer);
}

function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).map((id) => `/proc/${pid}/task/${id}`);
  } catch {
    return []; // the process is gone
  }
}

/** In "tracing stop" and killed; /proc/…/stat is `id (name) state ppid pgrp session tty tpgid flags …`. */
function isHeldThoughKilled(thread) {
  const [state, , , , , , flags] = readOrEmpty(`${thread}/stat`).split(') ').at(-1).split(' ');
  return state === 't' && (Number(flags) & KILLED) !== 0;
}

const tracerOf = (thread) => Number(/^TracerPid:\s+(\d+)/m.exec(readOrEmpty(`${thread}/status`))?.[1] ?? 0);

function readOrEmpty(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // the thread is gone
  }
}

function kill(pid) {
  if (pid === 0) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
