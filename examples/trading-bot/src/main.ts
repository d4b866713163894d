import { CandleFileError } from './candle-csv';
import { parseCommandLine, usage, UsageError } from './command-line';
import { demonstrate } from './demonstration';

/** 0: all is well; 1: records are missing; 2: it could not begin. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const options = parseCommandLine(args);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    if (await demonstrate(options)) return 0;
    console.error('trading-bot: some records were not delivered, see the table');
    return 1;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CandleFileError)) throw error;
    console.error(`trading-bot: ${error.message}`);
    return 2;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
