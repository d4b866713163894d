import { existsSync, writeFileSync } from 'node:fs';
import { burst } from '../child/produce.mjs';
import { atMost, pause, untilFile } from '../child/wait.mjs';
import { balanced, endedAlone, healthOf, judge, mishap } from '../harness/judge.mjs';
import { realServers } from '../remote/real-servers.mjs';
import { openReceiver, receivable } from '../remote/receiver.mjs';

const COUNT = 20_000;
/** Room in memory; what of it was not yet on the disk is all that a SIGKILL may cost. */
const IN_MEMORY = 500;
/** Less than the records take: the oldest have to go, and are counted. */
const MAX_BYTES = 4_194_304;
/** A batch that was under way when the first segment was given up may not be in the folder's notes. */
const UNDER_WAY = 500;
/** How long the next process may take to deliver them. */
const DRAIN_MS = 60_000;

export const scenario = {
  name: 'remote-spool',
  complaint: 'winston#2465',
  expected:
    'killed with a full spool: the next process delivers all but the oldest, which were counted as spool_full, and the newest, which were in memory alone; no hole, one id each',
  subjects: ['ours'],
  // Graylog's HTTP input takes a record a request: ten thousand of them would only show that.
  variants: receivable.filter((transport) => transport !== 'gelf-http').map((transport) => ({ transport })),
  needs: ['linux', 'openssl', 'servers'],
  deadlineMs: 120_000,

  async child({ params, open, report, path }) {
    const { kind, options, url, restarted } = params;
    const log = open([
      {
        kind,
        name: 'remote',
        url,
        batch: { maxRecords: 500, maxDelayMs: 5 },
        retry: { minDelayMs: 20, maxDelayMs: 200 },
        queue: { maxRecords: IN_MEMORY },
        spool: { dir: path('spool'), maxBytes: MAX_BYTES },
        ...options,
      },
    ]);
    log.onFailure(() => undefined);
    if (!restarted) {
      for (let n = 1; n <= COUNT; n += 100) {
        burst(log, 100, { from: n });
        await pause(1);
      }
      // The spool's thread is behind: what it has dropped is known when it has caught up.
      let before = -1;
      for (let dropped = 0; dropped !== before; dropped = log.health()[0].dropped.spool_full ?? 0) {
        before = dropped;
        await pause(500);
      }
      report('full', { health: log.health() });
      await pause(60_000);
    }
    // Only once something has been delivered is it known what the spool held.
    let [health] = log.health();
    for (; health.delivered === 0 || health.queued > 0; [health] = log.health()) await pause(50);
    report('drained', { delivered: health.delivered });
    await untilFile(path('seen'));
    await atMost(2000, log.flush(2000));
    report('seen', { health: log.health() });
    await log.close(500);
  },

  async run(stage) {
    const { transport } = stage.params;
    const receiver = await openReceiver(stage, transport, { isAway: true });
    const params = receiver.params();

    const first = stage.launch({ params });
    const full = await first.first('full');
    first.signal('SIGKILL');
    const killed = await first.ended;
    await receiver.comeBack();
    const second = stage.launch({ params: { ...params, restarted: true } });
    const { delivered = 0 } = (await atMost(DRAIN_MS, second.first('drained'))) ?? {};
    // A receiver without answers may still be reading.
    const there = async () => (await receiver.arrived()).length >= delivered;
    for (const end = performance.now() + 20_000; performance.now() < end && !(await there());) await pause(200);
    writeFileSync(stage.path('seen'), '');
    const ended = await second.ended;

    const ids = new Map();
    const records = await receiver.arrived();
    for (const { n, id } of records) ids.set(n, (ids.get(n) ?? new Set()).add(id));
    const numbers = [...ids.keys()].sort((a, b) => a - b);
    const [lowest = 0, highest = 0] = [numbers[0], numbers.at(-1)];
    const remote = healthOf(ended, 'remote') ?? {};
    // The second process counts what the first had read ahead of segments that it gave up; and a segment of its own may cost the oldest.
    const dropped = [healthOf({ reports: [full ?? {}] }, 'remote'), remote].reduce(
      (sum, health) => sum + (health?.dropped?.spool_full ?? 0),
      0,
    );
    const cell = `${numbers.length} there, ${dropped} counted as dropped, ${lowest - 1 - dropped} uncounted, ${COUNT - highest} in memory, ${records.length - ids.size} twice`;
    return judge([cell, mishap(ended)], { dropped, numbers: numbers.length }, [
      [existsSync(stage.path('spool')) && killed.signal === 'SIGKILL', 'the first process was not killed'],
      [dropped > 0, 'the spool was not full'],
      [numbers.length === highest - lowest + 1, `${highest - lowest + 1 - numbers.length} are missing in between`],
      [lowest <= dropped + UNDER_WAY + 1, `begins with ${lowest}, though ${dropped} were dropped`],
      [COUNT - highest <= IN_MEMORY, `${COUNT - highest} of the newest are missing`],
      [!realServers[transport]?.once || records.length === ids.size, `${records.length - ids.size} are there twice`],
      [[...ids.values()].every((one) => one.size === 1), 'a record came under several ids'],
      [remote.queued === 0, `${remote.queued} are still in the spool`],
      balanced(ended),
      endedAlone(ended),
    ]);
  },
};
