import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { produce } from '../child/produce.mjs';
import { pause } from '../child/wait.mjs';
import { endedAlone, judge } from '../harness/judge.mjs';

/** Each round numbers its records from here on. */
const ROUND_SIZE = 1_000_000;
const LONGEST_MS = 300;
/** How often the archive may be given another twenty seconds. */
const LAST_ROUNDS = 20;

export const scenario = {
  name: 'kill-at-random',
  complaint: 'winston#800',
  expected:
    'SIGKILL at random moments of rotating, compressing and archiving, one after the other in one folder: every flushed record once, whole archives, a torn line a kill at most',
  subjects: ['ours'],
  variants: [{ kills: 30 }],
  longVariants: [{ kills: 300 }],
  ciVariants: [{ kills: 5 }],
  deadlineMs: 30_000,

  async child({ params, open, report, path }) {
    const file = {
      kind: 'file',
      name: 'file',
      path: path('logs', 'app.log'),
      maxSize: '200k',
      compress: 'gzip',
      archive: { path: path('old'), afterAge: '0.1s' },
    };
    const log = open([file]);
    const base = params.round * ROUND_SIZE;
    if (params.round >= params.kills) {
      await pause(200); // all is old enough now
      await produce(log, 10, { from: base + 1 });
      await log.close(20_000);
      return;
    }
    for (let from = 1; ; from += 500) {
      await produce(log, 500, { from: base + from });
      await log.flush(5000);
      report('flushed', { to: base + from + 499 });
    }
  },

  async run(stage) {
    const { kills } = stage.params;
    const flushed = [];
    for (let round = 0; round < kills; round += 1) {
      const child = stage.launch({ params: { round } });
      await child.first('flushed');
      await pause(Math.random() * LONGEST_MS);
      child.signal('SIGKILL');
      flushed.push((await child.ended).reports.at(-1).to);
    }
    letClaimsAge(stage.path('logs'));
    // The archive may be hundreds of files behind: a program that ends before they are moved leaves one half moved, like a kill.
    let ended;
    for (let round = kills; round < kills + LAST_ROUNDS && (round === kills || isBehind(stage)); round += 1) {
      ended = await stage.launch({ params: { round } }).ended;
    }

    const folders = ['logs', 'old'].map((name) => stage.path(name)).filter((folder) => existsSync(folder));
    const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));
    const logs = files.filter((file) => /app\.log[^/]*$/.test(file) && !file.endsWith('.tmp'));
    const count = countRecords(logs);
    const lost = flushed.flatMap((to) => {
      const base = Math.floor(to / ROUND_SIZE) * ROUND_SIZE;
      return Array.from({ length: to - base }, (_, index) => base + index + 1).filter((n) => !count.seen.has(n));
    });
    const strays = files.filter((file) => file.endsWith('.tmp'));
    const accepted = flushed.reduce((sum, to) => sum + (to % ROUND_SIZE), 0);
    const archived = files.filter((file) => file.startsWith(stage.path('old'))).length;
    const counts = {
      accepted,
      lost: lost.length,
      twice: count.twice,
      torn: count.torn,
      broken: count.broken,
      archived,
    };
    return judge([`${accepted} flushed, ${lost.length} lost, ${count.twice} twice`, `${archived} archived`], counts, [
      [lost.length === 0, `lost: ${lost.slice(0, 10).join(' ')}`],
      [count.twice === 0, `${count.twice} records twice`],
      [count.torn <= kills, `${count.torn} torn lines`],
      [count.broken === 0, `${count.broken} broken archives`],
      [strays.length === 0, `left behind: ${strays.join(' ')}`],
      [archived > Math.min(kills, 10), `only ${archived} files in the archive`],
      endedAlone(ended),
    ]);
  },
};

const isBehind = (stage) => readdirSync(stage.path('logs')).some((name) => name.endsWith('.gz'));

/** A kill may leave an empty file, a claim on a number. It goes after a minute, which is not waited for here. */
function letClaimsAge(folder) {
  const claims = readdirSync(folder).filter((name) => /\.\d{6}\.tmp$/.test(name));
  for (const name of claims) utimesSync(join(folder, name), 0, 0);
}

function countRecords(files) {
  const count = { seen: new Set(), twice: 0, torn: 0, broken: 0 };
  for (const file of files) {
    for (const line of linesOf(file, count)) {
      const n = numberOf(line);
      if (n === undefined) count.torn += 1;
      else if (count.seen.has(n)) count.twice += 1;
      else count.seen.add(n);
    }
  }
  return count;
}

function linesOf(file, count) {
  try {
    const bytes = readFileSync(file);
    const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
    return lines.filter((line) => line !== '');
  } catch {
    count.broken += 1;
    return [];
  }
}

function numberOf(line) {
  try {
    return JSON.parse(line).n;
  } catch {
    return undefined;
  }
}
