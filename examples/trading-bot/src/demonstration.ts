import { writeFile } from 'node:fs/promises';

import { formatAmount } from './amount';
import { type Candle } from './candle';
import { readCandleFile } from './candle-file';
import { makeCandleSeries } from './candle-series';
import { type CommandLine, UsageError } from './command-line';
import { handOverEvidence, makeSealKey } from './evidence';
import { failureNotice } from './failure-notice';
import { freshLogDir } from './fresh-log-dir';
import { logFiles, setUpLogging } from './logging';
import { marketOf } from './market';
import { Outage } from './outage';
import { setUpPaperTrading } from './paper-trading';
import { RecordLedger } from './record-ledger';
import { report } from './report';
import { readCredentials } from './signed-request';

const madeUp = 'demousdt';
const blockedAttempts = 5;

/**
 * Trades over the candles, breaks the uplink half-way, and says what became of every record.
 *
 * @returns whether all of them were delivered, and the sealed ones are as they were written
 */
export async function demonstrate(options: CommandLine): Promise<boolean> {
  const { seed, json, logDir = freshLogDir() } = options;
  const candles = await candlesOf(options);
  const market = marketOf(options.candles ?? madeUp, candles);
  const outage = new Outage();
  const ledger = new RecordLedger();
  const credentials = readCredentials(process.env);
  const { keyFile, publicKey } = makeSealKey(logDir);
  const log = setUpLogging({ logDir, json, outage, keyFile, credentials });
  log.on(
    'failure',
    failureNotice((line) => console.error(line)),
  );

  const { bot, portfolio } = setUpPaperTrading({ log, ledger, market, seed, credentials });
  const startingValue = portfolio.cash;
  const half = Math.floor(candles.length / 2);
  ledger.count('info'); // the record that `time` makes
  await log.time('trade_candles', async () => {
    await bot.run(candles.slice(0, half));
    outage.begin(blockedAttempts);
    await bot.run(candles.slice(half));
  });

  const receipt = await log.close({ timeoutMs: 10_000 });
  const [health, counts] = [log.health(), ledger.counts()];
  const evidence = await handOverEvidence(logDir, publicKey, health);
  const files = { ...logFiles(logDir), evidence: evidence.folder };
  const lastPrice = candles.at(-1)?.close ?? 0n;
  console.log(report({ market, portfolio, startingValue, lastPrice, counts, health, files }));
  if (options.ledger !== undefined) {
    const cash = formatAmount(portfolio.cash);
    const content = { ...counts, destinations: receipt.destinations, files, cash, publicKey };
    await writeLedger(options.ledger, content);
  }
  return receipt.ok && evidence.ok;
}

function candlesOf({ candles, seed }: CommandLine): Promise<Candle[]> | Candle[] {
  return candles === undefined ? makeCandleSeries({ seed }) : readCandleFile(candles);
}

async function writeLedger(file: string, content: object): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`);
  } catch (error) {
    throw new UsageError(`--ledger: ${(error as Error).message}`);
  }
}
