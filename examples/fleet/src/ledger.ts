import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** What a bot knows for certain: the records up to number `n` of its start `start` have been acknowledged. */
export interface LedgerLine {
  readonly bot: string;
  readonly start: number;
  readonly n: number;
  /** Records that the last close left in the spool, for the next start; present when the bot ended by itself. */
  readonly pending?: number;
}

/** Written at once: it has to be right when the process is killed in the next instant. */
export function writeLedger(path: string, line: LedgerLine): void {
  appendFileSync(path, `${JSON.stringify(line)}\n`);
}

export function readLedger(path: string): LedgerLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  // What follows the last line's end is the half of a line, or nothing.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as LedgerLine);
}
