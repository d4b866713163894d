import { type LatencySummary, type OrderReport, type OrdersReport, type OrderStep } from '../order-tally';
import { html, type Html } from './html';
import { table, verdict } from './table';

const NAMES: Readonly<Record<keyof OrdersReport['latencies'], string>> = {
  submitToAcknowledgeMs: 'submitted to acknowledged',
  submitToFirstFillMs: 'submitted to first fill',
  submitToEndMs: 'submitted to end',
};

/** Latencies of all orders, and the time line of each that is listed. */
export function ordersSection({ total, byStatus, latencies, orders }: OrdersReport): Html {
  const summary = Object.entries(latencies) as [keyof typeof NAMES, LatencySummary][];
  const counts = Object.entries(byStatus).map(([status, count]) => `${count} ${status}`);
  return html`<h2>Orders</h2>
    <p>${total} orders: ${counts.join(', ')}.</p>
    ${table(
      ['Latency', 'Orders', 'Median, ms', '95 %, ms', 'Longest, ms'],
      summary.map(([key, { count, medianMs, p95Ms, maxMs }]) => [NAMES[key], count, medianMs, p95Ms, maxMs]),
      'No order was followed from its submission.',
    )}
    ${table(['Order', 'Symbol', 'Side', 'Status', 'Time line (UTC)'], orders.map(rowOf), 'No orders.')}
    ${orders.length < total ? html`<p class="soft">The first ${orders.length} of ${total} are listed.</p>` : ''}`;
}

function rowOf({ orderId, symbol, side, status, steps }: OrderReport): (Html | string | undefined)[] {
  const good = status === 'filled' ? true : status === 'rejected' ? false : undefined;
  return [html`<code>${orderId}</code>`, symbol, side, verdict(good, status), timeLine(steps)];
}

function timeLine(steps: readonly OrderStep[]): Html {
  const [first = 0, last = first] = [steps[0], steps.at(-1)].map((step) => Date.parse(step?.time ?? ''));
  const place = (time: string): number =>
    last === first ? 4 : 4 + (392 * (Date.parse(time) - first)) / (last - first);
  const dots = steps.map(({ time }) => html`<circle cx="${place(time).toFixed(1)}" cy="7" r="3.5" />`);
  const items = steps.map((step, at) => {
    const { time, price, quantity, corrects } = step;
    const when = at === 0 ? time.replace('T', ' ').replace('Z', '') : `+${Date.parse(time) - first} ms`;
    const what = quantity === undefined ? '' : ` ${quantity}${price === undefined ? '' : ` @ ${price}`}`;
    return html`<li><b>${step.step}</b> ${when}${what}${corrects === undefined ? '' : ' (correction)'}</li>`;
  });
  return html`<svg class="line" viewBox="0 0 400 14" aria-hidden="true"><path d="M4 7H396" stroke="#9aa4b0" />${dots}</svg><ol class="steps">${items}</ol>`; // prettier-ignore
}
