import { type ComplianceReport } from '../report';
import { html, Html } from './html';
import {
  clockSection,
  dropsSection,
  eventsSection,
  gapsSection,
  logsSection,
  redactionsSection,
  retentionSection,
  sealSection,
  violationsSection,
} from './log-sections';
import { ordersSection } from './orders';
import { STYLE } from './style';
import { grouped, verdict } from './table';

/**
 * A report as one page: no scripts, nothing loaded from elsewhere, printable. What stands in the log is shown as text,
 * whatever it is.
 */
export function reportHtml(report: ComplianceReport): string {
  const { from, to, made, logs, events, orders, violations, sequences, drops, redactions, retention } = report;
  const period = `${from ?? 'the beginning'} to ${to ?? 'the end'}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Compliance report, ${period}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<h1>Compliance report</h1>
<p>${period}</p>
<p class="soft">Made ${made} from the files of ${logs.length === 1 ? 'one log' : `${logs.length} logs`}.</p>
<div class="cards">${cards(report)}</div>
${sealSection(logs)}
${logsSection(logs)}
${eventsSection(events)}
${ordersSection(orders)}
${violationsSection(violations)}
${gapsSection(sequences)}
${dropsSection(drops)}
${redactionsSection(redactions)}
${retentionSection(retention)}
${clockSection(logs)}
</body>
</html>
`; // prettier-ignore
  return page.text;
}

function cards({ logs, events, orders, violations, sequences, drops }: ComplianceReport): Html[] {
  const sealed = logs.filter(({ seal }) => seal !== null);
  const broken = sealed.filter(({ seal }) => seal?.ok === false).length;
  const seals =
    sealed.length === 0
      ? verdict(undefined, 'not sealed')
      : verdict(broken === 0, broken === 0 ? 'verified' : `${broken} broken`);
  const count = (total: number): Html => verdict(total === 0, grouped(total));
  const dropped = drops.flatMap(({ byReason }) => Object.values(byReason)).reduce((sum, one) => sum + one, 0);
  const missing = sequences.reduce((sum, one) => sum + one.missing, 0);
  const known = events.reduce((sum, one) => sum + one.events, 0);
  const card = (name: string, value: Html | string): Html =>
    html`<div class="card"><b>${value}</b><span>${name}</span></div>`;
  return [
    card('seals', seals),
    card('records', grouped(logs.reduce((sum, { records }) => sum + records, 0))),
    card('events', grouped(known)),
    card('orders', grouped(orders.total)),
    card('violations', count(violations.total)),
    card('missing in seq', count(missing)),
    card('dropped', count(dropped)),
  ];
}
