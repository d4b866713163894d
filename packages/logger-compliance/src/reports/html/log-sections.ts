import { type DropReport } from '../drop-tally';
import { type KindReport, type ViolationsReport } from '../event-tally';
import { type ComplianceReport, type LogReport } from '../report';
import { type SequenceReport } from '../sequence-tally';
import { html, type Html } from './html';
import { grouped, table, verdict } from './table';

export function sealSection(logs: readonly LogReport[]): Html {
  const rows = logs.map(({ path, seal }) => {
    if (seal === null) return [path, verdict(undefined, 'not sealed')];
    const { ok, problem, lines, checkpoints, headsConfirmed, timestamps, unsealed, unproven, headTime } = seal;
    const where = problem && html` <code>${problem.file}:${problem.line}</code> ${problem.message}`;
    const status = html`${verdict(ok, ok ? 'verified' : (problem?.code ?? 'failed'))}${where}`;
    return [path, status, lines, checkpoints, unproven + unsealed, headsConfirmed, timestamps, headTime];
  });
  const heads = logs.flatMap(({ seal }) =>
    seal?.head === undefined ? [] : [html`<pre class="mono">${seal.head}</pre>`],
  );
  const columns = ['Log', 'Seal', 'Lines', 'Checkpoints', 'Lines not proven', 'Published heads', 'Time stamps', 'Last checkpoint']; // prettier-ignore
  return html`<h2>Seal</h2>
    ${table(columns, rows, 'No logs.')}${heads}`;
}

export function clockSection(logs: readonly LogReport[]): Html {
  const rows = logs.flatMap(({ path, seal }) => {
    if (seal === null) return [];
    const { met, missed, unknown } = seal.clock;
    const [tier = 'none', state = 'unknown', source = '', offset = '-', bound = '-'] = seal.headClock?.split(' ') ?? [];
    const good = state === 'met' ? true : state === 'missed' ? false : undefined;
    return [[path, tier, verdict(good, state), source, offset, bound, met, missed, unknown]];
  });
  const columns = ['Log', 'Tier asked for (RTS 25)', 'Last', 'Source', 'Offset, µs', 'Bound, µs', 'Met', 'Missed', 'Unknown']; // prettier-ignore
  return html`<h2>Clock</h2>
    ${table(columns, rows, 'No sealed log tells about the clock.')}`;
}

export function logsSection(logs: readonly LogReport[]): Html {
  const rows = logs.map(({ path, files, records, unreadable, firstTime, lastTime }) => [path, files.length, records, unreadable, firstTime, lastTime]); // prettier-ignore
  return html`<h2>Logs</h2>
    ${table(['Log', 'Files', 'Records', 'Unreadable lines', 'First', 'Last'], rows, 'No logs.')}`;
}

export function eventsSection(events: readonly KindReport[]): Html {
  const rows = events.map(({ kind, events: count, corrections, invalid }) => [kind, count, corrections, invalid]);
  return html`<h2>Events by kind</h2>
    ${table(['Kind', 'Events', 'Corrections', 'Invalid'], rows, 'No events.')}`;
}

export function violationsSection({ total, byRule, violations }: ViolationsReport): Html {
  const rows = violations.map(({ time, rule, reason, orderId, symbol, limit, actual }) => [time, rule, reason, orderId, symbol, limit, actual]); // prettier-ignore
  const counts = Object.entries(byRule).map(([rule, count]) => `${count} × ${rule}`);
  return html`<h2>Violations</h2>
    <p>${total === 0 ? '' : counts.join(', ')}</p>
    ${table(['Time', 'Rule', 'What', 'Order', 'Symbol', 'Limit', 'Actual'], rows, 'None.')}
    ${rows.length < total ? html`<p class="soft">The first ${rows.length} of ${total} are listed.</p>` : ''}`;
}

export function gapsSection(sequences: readonly SequenceReport[]): Html {
  const rows = sequences.map(({ instance, firstSeq, lastSeq, records, missing, gaps, firstTime, lastTime }) => {
    const shown = gaps.slice(0, 10).map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
    const listed = `${shown.join(', ')}${gaps.length > shown.length ? ', …' : ''}`;
    const found = missing === 0 ? verdict(true, 'none') : html`${verdict(false, grouped(missing))} ${listed}`;
    return [html`<code>${instance}</code>`, firstTime, lastTime, `${firstSeq}–${lastSeq}`, records, found];
  });
  return html`<h2>Gaps in seq</h2>
    <p class="soft">
      Each run of a process counts its records without gaps. What these logs did not take (by level or filter) is
      missing too.
    </p>
    ${table(['Run', 'First', 'Last', 'seq', 'Records', 'Missing'], rows, 'No record has a sequence number.')}`;
}

export function dropsSection(drops: readonly DropReport[]): Html {
  const rows = drops.flatMap(({ destination, source, byReason }) =>
    Object.entries(byReason).map(([reason, count]) => [destination, reason, count, source]),
  );
  return html`<h2>Drops by destination</h2>
    ${table(['Destination', 'Reason', 'Records', 'Told by'], rows, 'None known.')}`;
}

export function redactionsSection(redactions: ComplianceReport['redactions']): Html {
  const rows = Object.entries(redactions ?? {});
  const empty = redactions === null ? 'Not told.' : 'Nothing was hidden.';
  return html`<h2>Redactions by rule</h2>
    ${table(['Rule', 'Hidden'], rows, empty)}`;
}

export function retentionSection(retention: ComplianceReport['retention']): Html {
  const rows = (retention?.files ?? []).map(({ path, step, categories, lastTime, keepUntil, eraseFrom, why }) => [path, verdict(undefined, step), categories.join(', '), lastTime, keepUntil, eraseFrom, why]); // prettier-ignore
  const columns = ['File', 'Step', 'Categories', 'Youngest record', 'Keep until', 'Erase from', 'Why'];
  return html`<h2>Retention</h2>
    ${table(columns, rows, retention === null ? 'No policies were named.' : 'No files.')}`;
}
