import { type DestinationHealth } from '@metaexpert/logger-core';

import { type Amount, formatAmount } from './amount';
import { type Market } from './market';
import { type Portfolio } from './portfolio';
import { type LedgerCounts } from './record-ledger';
import { table } from './table';

export interface ReportInput {
  readonly market: Market;
  readonly portfolio: Portfolio;
  readonly startingValue: Amount;
  readonly lastPrice: Amount;
  readonly counts: LedgerCounts;
  readonly health: readonly DestinationHealth[];
  readonly files: Readonly<Record<string, string>>;
}

/** What a person wants to know at the end: the money, the records, and where they are. */
export function report(input: ReportInput): string {
  return ['', money(input), '', destinations(input.health), '', ledger(input.counts), '', files(input.files)].join(
    '\n',
  );
}

function money({ market, portfolio, startingValue, lastPrice }: ReportInput): string {
  const value = portfolio.valueAt(lastPrice);
  const change = value - startingValue;
  const hundredths = (change * 10_000n) / startingValue;
  const percent = `${change < 0n ? '-' : '+'}${formatAmount((hundredths < 0n ? -hundredths : hundredths) * 1_000_000n)} %`;
  const { symbol, quote } = market;
  return (
    `${symbol}: ${formatAmount(startingValue)} became ${formatAmount(value)} ${quote} (${percent}), ` +
    `${formatAmount(portfolio.fees)} paid in fees, position ${formatAmount(portfolio.position)}`
  );
}

function destinations(health: readonly DestinationHealth[]): string {
  const rows = health.map(({ name, accepted, delivered, dropped, queued, retries }) => [
    name,
    ...[accepted, delivered, sum(Object.values(dropped)), queued, retries].map(String),
  ]);
  const all = table(['destination', 'accepted', 'delivered', 'dropped', 'pending', 'retries'], rows);
  const comebacks = health.filter(({ retries, delivered, accepted }) => retries > 0 && delivered === accepted);
  return [all, ...comebacks.map(({ name, retries }) => comeback(name, retries))].join('\n');
}

function comeback(name: string, retries: number): string {
  return `\nThe ${name} was down, was tried again ${retries} times, and has everything all the same.`;
}

function ledger({ total, trade, errorOrWorse }: LedgerCounts): string {
  return `The bot asked for ${total} records; ${trade} of them are trades, ${errorOrWorse} errors or worse.`;
}

function files(paths: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(paths).map((name) => name.length));
  return Object.entries(paths)
    .map(([name, path]) => `${name.padEnd(width)}  ${path}`)
    .join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
