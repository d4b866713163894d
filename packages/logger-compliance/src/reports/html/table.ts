import { html, type Html } from './html';

type Cell = Html | string | number | null | undefined;

/** A table, or a sentence where there is nothing to show. Numbers stand to the right. */
export function table(columns: readonly string[], rows: readonly (readonly Cell[])[], empty: string): Html {
  if (rows.length === 0) return html`<p class="none">${empty}</p>`;
  const isNumber = columns.map((_, at) => typeof rows[0]?.[at] === 'number');
  const head = columns.map(
    (column, at) => html`<th scope="col" class="${isNumber[at] ? 'number' : ''}">${column}</th>`,
  );
  const body = rows.map(
    (row) => html`<tr>${row.map((cell) => (typeof cell === 'number' ? html`<td class="number">${grouped(cell)}</td>` : html`<td>${cell}</td>`))}</tr>`,
  ); // prettier-ignore
  return html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`; // prettier-ignore
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

/** A word of judgement: what it means stands in the word, not in the colour alone. */
export function verdict(good: boolean | undefined, word: string): Html {
  return html`<span class="verdict ${good === undefined ? 'open' : good ? 'good' : 'bad'}">${word}</span>`;
}
