import { readdirSync, readFileSync } from 'node:fs';

/** Environment variable by which a child's own helpers are known, wherever they went. */
export const MARK = 'FAULTS_RUN';

const GRACE_MS = 1000;

/** How many processes that carry the mark are still there a second after the child that started them. */
export async function leftBehind(mark) {
  const until = Date.now() + GRACE_MS;
  while (marked(mark).length > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  return marked(mark).length;
}

/** Ends them. */
export function killMarked(mark) {
  for (const pid of marked(mark)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  }
}

/** Ids of the processes whose environment holds the mark; none where there is no /proc to ask. */
function marked(mark) {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(`${MARK}=${mark}`))
    .map(Number);
}

/** Empty for another user's process, for one that is gone, and for one that ended and waits for its parent. */
function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
