import { type DestinationHealth } from '@metaexpert/logger-core';
import { type RedactionReport } from '../redaction/redaction-report';
import { type Retention, type RetentionPlan } from '../retention/retention';
import { filesOf } from '../verification/files-of';
import { type VerifyLogOptions } from '../verification/verify-log';
import { DropTally, type DropReport, dropsOf } from './drop-tally';
import { EventTally, type KindReport, type ViolationsReport } from './event-tally';
import { type OrdersReport } from './order-tally';
import { readRecords } from './read-records';
import { type SealReport, sealReport } from './seal-report';
import { type SequenceReport, SequenceTally } from './sequence-tally';
import { parseSpan } from './time-span';

/** A log that is reported on. */
export interface ReportedLog {
  /** Of the live file, whose older files are found by their names; or all the files, oldest first. */
  readonly path: string | readonly string[];
  /** How its seal is verified; a log without is reported as not sealed. */
  readonly seal?: VerifyLogOptions;
}

export interface ReportOptions {
  /** ISO 8601, both ends included. @default from the first record */
  from?: string | Date;
  /** @default to the last record */
  to?: string | Date;
  /** A record that is in several of them counts once. Seals are verified whole, whatever the time asked for. */
  logs: readonly ReportedLog[];
  /** `log.health()`, for what destinations have lost. */
  health?: readonly DestinationHealth[];
  /** `redactionReport()`. */
  redactions?: RedactionReport;
  /** Whose plan is the state of retention. */
  retention?: Pick<Retention, 'plan'>;
  /** How many orders are listed one by one; all are counted. @default 1000 */
  maxOrders?: number;
}

/** What a log says about a span of time. Plain JSON. */
export interface ComplianceReport {
  readonly version: 1;
  /** When it was made, ISO 8601. */
  readonly made: string;
  /** What was asked for. */
  readonly from: string | null;
  readonly to: string | null;
  readonly logs: readonly LogReport[];
  readonly events: readonly KindReport[];
  readonly orders: OrdersReport;
  readonly violations: ViolationsReport;
  readonly sequences: readonly SequenceReport[];
  readonly drops: readonly DropReport[];
  /** By rule; null when nothing was said about it. */
  readonly redactions: RedactionReport | null;
  readonly retention: RetentionPlan | null;
}

export interface LogReport {
  readonly path: string;
  readonly files: readonly string[];
  readonly records: number;
  /** Lines that are no records. */
  readonly unreadable: number;
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  /** Null for a log that is not sealed. */
  readonly seal: SealReport | null;
}

const MAX_LISTED = 1000;

/**
 * Reports what logs say about a span of time, from their files alone. Streams; what it keeps are the orders and one bit a
 * record.
 *
 * @throws RangeError for a time that is none; the system's error for a file that cannot be read
 * @throws ComplianceError `MXL_SEAL_MALFORMED` for keys that are none
 * @example
 * const found = await report({ from: '2026-11-21', to: '2026-11-22', logs: [{ path: 'logs/trades.log' }] });
 * writeFileSync('report.html', reportHtml(found));
 */
export async function report(options: ReportOptions): Promise<ComplianceReport> {
  const { health = [], redactions, retention, maxOrders = MAX_LISTED } = options;
  const span = parseSpan(options.from, options.to);
  const events = new EventTally({ maxOrders, maxListed: MAX_LISTED });
  const sequences = new SequenceTally();
  const logs: LogReport[] = [];
  const drops: DropReport[] = [];
  for (const { path, seal } of options.logs) {
    const files = filesOf(path);
    const name = typeof path === 'string' ? path : (path.at(-1) ?? '');
    const dropped = new DropTally();
    const { firstTime, lastTime, ...counts } = await readRecords(files, span, (record, timestamp) => {
      dropped.add(record);
      if (sequences.add(record['id'], record['seq'], timestamp)) events.add(record, timestamp);
    });
    drops.push(...dropped.report(name));
    const sealed = seal === undefined ? null : await sealReport(files, seal);
    logs.push({ path: name, files, ...counts, firstTime: firstTime ?? null, lastTime: lastTime ?? null, seal: sealed });
  }
  const { kinds, orders, violations } = events;
  return {
    version: 1,
    made: new Date().toISOString(),
    from: span.from,
    to: span.to,
    logs,
    events: kinds,
    orders,
    violations,
    sequences: sequences.report(),
    drops: [...drops, ...dropsOf(health)],
    redactions: redactions ?? null,
    retention: (await retention?.plan()) ?? null,
  };
}
