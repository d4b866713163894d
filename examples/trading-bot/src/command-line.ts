import { parseArgs } from 'node:util';

export const usage = `A bot that trades an EMA cross on paper, and logs it.

  --candles FILE   CSV with open_time, open, high, low, close, volume; default: a made-up series
  --seed N         of the made-up series and of the exchange's moods; default: 16
  --log-dir DIR    default: a new folder under logs
  --json           the main and errors files in JSON Lines too, as the trades file always is
  --ledger FILE    write what the bot counted, and what became of it, as JSON
  --help
`;

export interface CommandLine {
  readonly candles: string | undefined;
  readonly seed: number;
  readonly logDir: string | undefined;
  readonly json: boolean;
  readonly ledger: string | undefined;
  readonly help: boolean;
}

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError in one line. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { candles, seed = '16', 'log-dir': logDir, json = false, ledger, help = false } = optionsOf(args);
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed: '${seed}' is not a whole number of up to nine digits`);
  for (const [name, value] of Object.entries({ candles, 'log-dir': logDir, ledger })) {
    if (value === '') throw new UsageError(`--${name}: is empty`);
  }
  return { candles, seed: Number(seed), logDir, json, ledger, help };
}

function optionsOf(args: readonly string[]) {
  try {
    return parseArgs({
      // `npm run demo -- -- --seed 2` passes a `--` on.
      args: args[0] === '--' ? args.slice(1) : [...args],
      options: {
        candles: { type: 'string' },
        seed: { type: 'string' },
        'log-dir': { type: 'string' },
        json: { type: 'boolean' },
        ledger: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message.replaceAll(/\s*\n\s*/g, ' '));
  }
}
