import { parseArgs } from 'node:util';

const help = `npm run bench -- [options]
  --rounds N      rounds of the interleaved measures (5)
  --records N     records of one throughput run (200000)
  --paced N       seconds of one latency run (20)
  --soak N        seconds of the memory run (30; the target speaks of 600)
  --only PATTERN  only what matches measure/mode, e.g. throughput, 'latency/(ours|pino)'
  --json FILE     write the results there too
  --quick         two rounds, 50000 records, 5 s, 5 s: shows that it works, proves nothing`;

const usual = { rounds: 5, records: 200_000, paced: 20, soak: 30, rotatedBytes: 4 * 1024 ** 3, archivedBytes: 5e9 };
const quickly = { rounds: 2, records: 50_000, paced: 5, soak: 5, rotatedBytes: 256 * 1024 ** 2, archivedBytes: 2e8 };

/** Throws on a flag that it does not know and on a number that is none. */
export function readSettings(args) {
  const { values } = parseArgs({
    args,
    options: {
      ...Object.fromEntries(
        ['rounds', 'records', 'paced', 'soak', 'only', 'json'].map((name) => [name, { type: 'string' }]),
      ),
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { help };
  const settings = { ...(values.quick ? quickly : usual), quick: values.quick, json: values.json };
  for (const name of ['rounds', 'records', 'paced', 'soak']) {
    if (values[name] === undefined) continue;
    settings[name] = Number(values[name]);
    if (!(settings[name] > 0)) throw new Error(`--${name}: '${values[name]}' is not a positive number`);
  }
  return { ...settings, only: values.only && new RegExp(values.only) };
}
