import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const child = fileURLToPath(new URL('../receiver-child.mjs', import.meta.url));
/** Who has sent nothing for so long sends nothing any more; some peers send every second only. */
const QUIET_MS = 3000;
const LOOK_MS = 5;

/**
 * Somebody who counts numbered records: `kind` is `http`, `tcp`, `tls` (with `cert` and `key`), `udp`, or `file`: the
 * `path` into which a real server writes what it is sent.
 */
export async function startReceiver(options) {
  const process = fork(child, [JSON.stringify(options)]);
  const [{ port }] = await once(process, 'message');
  let counts = { distinct: 0, duplicated: 0, at: 0 };
  process.on('message', (message) => (counts = message));
  return {
    port,
    /** Resolves when so many different ones are there, or no more come. */
    async settled(count) {
      for (let quietSince = performance.now(), before = 0; counts.distinct < count; await sleep(LOOK_MS)) {
        if (counts.distinct > before) quietSince = performance.now();
        if (performance.now() - quietSince > QUIET_MS) break;
        before = counts.distinct;
      }
      return counts;
    },
    async stop() {
      process.kill();
      await once(process, 'close');
    },
  };
}
